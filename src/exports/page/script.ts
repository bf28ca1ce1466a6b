/**
 * The script inside the page: sorts and filters tables, opens what is folded away for the printer. It reads nothing but the
 * page and writes only text, never HTML. Without it everything is readable, in the order of the program.
 */
export const SCRIPT = `'use strict';
(() => {
  const language = document.documentElement.lang;
  const order = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });
  const keyOf = (row, index) => {
    const cell = row.cells[index];
    return cell.dataset.v === undefined ? cell.textContent.trim() : cell.dataset.v;
  };
  const compare = (a, b) => {
    if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
    const x = Number(a);
    const y = Number(b);
    return Number.isNaN(x) || Number.isNaN(y) ? order.compare(a, b) : x - y;
  };

  for (const table of document.querySelectorAll('table[data-sortable]')) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, index) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const descending = head.getAttribute('aria-sort') === 'ascending';
        for (const other of heads) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
        const body = table.tBodies[0];
        const keyed = [...body.rows].map((row) => ({ row, key: keyOf(row, index) }));
        const sign = descending ? -1 : 1;
        // What is empty stays at the end, whichever way the rest goes.
        keyed.sort((a, b) => (a.key === '' || b.key === '' ? 1 : sign) * compare(a.key, b.key));
        body.append(...keyed.map(({ row }) => row));
        table.dispatchEvent(new Event('sorted'));
      });
    });
  }

  for (const panel of document.querySelectorAll('[data-filters]')) {
    const table = document.getElementById(panel.dataset.filters);
    const rows = [...table.tBodies[0].rows];
    const fields = [...panel.querySelectorAll('select, input')];
    const told = panel.querySelector('[role=status]');
    const more = document.querySelector('[data-more="' + panel.dataset.filters + '"]');
    const step = more === null ? rows.length : Number(more.dataset.step);
    let most = step;
    const texts = new Map(rows.map((row) => [row, row.textContent.toLocaleLowerCase(language)]));
    const fits = (row, field) => {
      if (field.type === 'checkbox') return !field.checked || row.dataset[field.dataset.by] !== '';
      if (field.value === '') return true;
      if (field.type !== 'search') return row.dataset[field.dataset.by] === field.value;
      return field.value.toLocaleLowerCase(language).split(/\\s+/).every((word) => texts.get(row).includes(word));
    };
    const apply = () => {
      let fitting = 0;
      for (const row of table.tBodies[0].rows) {
        const isFitting = fields.every((field) => fits(row, field));
        if (isFitting) fitting += 1;
        row.hidden = !isFitting || fitting > most;
      }
      told.textContent = told.dataset.text
        .replace('{shown}', Math.min(fitting, most)).replace('{fitting}', fitting).replace('{all}', rows.length);
      if (more !== null) more.hidden = fitting <= most;
    };
    panel.addEventListener('input', () => {
      most = step;
      apply();
    });
    table.addEventListener('sorted', apply);
    if (more !== null) more.addEventListener('click', () => {
      const next = [...table.tBodies[0].rows].find((row) => row.hidden && fields.every((field) => fits(row, field)));
      most += step;
      apply();
      // The button may be gone now: the reader goes on at the first row that it brought.
      if (next !== undefined && more.hidden) {
        next.tabIndex = -1;
        next.focus();
      }
    });
    const clear = panel.querySelector('button');
    clear.addEventListener('click', () => {
      for (const field of fields) {
        field.checked = false;
        field.value = '';
      }
      apply();
    });
    panel.hidden = false;
    apply();
  }

  const folded = () => document.querySelectorAll('details.print:not([open])');
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...folded()];
    for (const each of opened) each.open = true;
  });
  addEventListener('afterprint', () => {
    for (const each of opened) each.open = false;
  });
})();
`;
