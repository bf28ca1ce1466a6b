/** The look of the page: calm, on screen, on a phone, in the dark and on paper. Contrast of text is 4.5 or more everywhere. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --wash: #f5f6f9; --ink: #1b2436; --quiet: #566074; --grid: #dfe3ea; --line: #c9d0dc;
  --accent: #1f3864; --link: #0b5cad; --first: #2b6cb0; --second: #c2500a; --negative: #a61b28;
  --error-back: #fbe3e5; --error-ink: #8f1622; --warning-back: #fdf0cf; --warning-ink: #6b4700;
  --notice-back: #e6ecf5; --notice-ink: #33415c; --good-back: #dff1e2; --good-ink: #1a5b2a;
  --serif: 'Iowan Old Style', 'Palatino Linotype', Palatino, 'Book Antiqua', Georgia, 'Liberation Serif', serif;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181f; --wash: #1c222c; --ink: #e6e9ef; --quiet: #a5aebd; --grid: #2c3441; --line: #3d4757;
    --accent: #b9cdf0; --link: #8dbcf5; --first: #6ea8e8; --second: #f0975a; --negative: #ff9aa2;
    --error-back: #4a1d23; --error-ink: #ffc9cd; --warning-back: #463710; --warning-ink: #ffe3a1;
    --notice-back: #293449; --notice-ink: #ced9ec; --good-back: #1d3d26; --good-ink: #bfe8c8;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 var(--sans); overflow-wrap: break-word; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; top: 0; background: var(--paper); padding: .75rem 1rem; z-index: 2; }
.skip:focus { left: 0; }
header, main, footer, nav { max-width: 72rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 3.5rem; }
.program { margin: 0; color: var(--quiet); letter-spacing: .02em; }
h1, h2, h3 { font-family: var(--serif); color: var(--accent); line-height: 1.2; font-weight: 600; text-wrap: balance; }
h1 { font-size: clamp(2rem, 6vw, 3rem); margin: .25rem 0 0; }
h2 { font-size: 1.75rem; margin: 0 0 1rem; }
h3 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; }
.date { font: 1.35rem/1.3 var(--serif); margin: .35rem 0 1rem; }
.status { display: inline-block; padding: .15rem .7rem; border-radius: 1rem; font-weight: 600; font-size: .875rem;
  background: var(--warning-back); color: var(--warning-ink); letter-spacing: .04em; }
.statusline { color: var(--quiet); margin: 0 0 1.75rem; }
.statusline .status { margin-right: .6rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0; margin: 0;
  border-top: 2px solid var(--accent); border-bottom: 1px solid var(--line); }
.tiles div { padding: 1.1rem 1rem 1.1rem 0; }
.tiles dt { font-size: .875rem; color: var(--quiet); }
.tiles dd { margin: 0; }
.tiles .figure { font: 1.75rem/1.25 var(--serif); font-variant-numeric: lining-nums tabular-nums; white-space: nowrap; }
.tiles .figure, .tiles .note { display: block; }
.tiles .note { line-height: 1.4; font-size: .8125rem; color: var(--quiet); }
.provenance { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 1.25rem 0 0; font-size: .8125rem;
  color: var(--quiet); }
.provenance dd { margin: 0; font-family: ui-monospace, 'Cascadia Mono', Consolas, 'Liberation Mono', monospace; word-break: break-all; }
nav { margin-top: 2.5rem; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .35rem 1.4rem; padding: 0; margin: 0; font-size: .9375rem; }
nav a { display: inline-block; padding: .25rem 0; }
section { margin-top: 3.5rem; padding-top: 2.25rem; border-top: 1px solid var(--line); scroll-margin-top: 1rem; }
p, .rules { max-width: 44rem; }
.lead { font-size: 1.0625rem; margin: 0 0 1.5rem; }
.explain { color: var(--quiet); font-size: .875rem; line-height: 1.5; margin: .5rem 0 1rem; }
.notice { background: var(--notice-back); color: var(--notice-ink); padding: .75rem 1rem; border-radius: .35rem; max-width: none;
  margin: 2rem 0 0; }
figure { margin: 1.75rem 0 1rem; }
figcaption { font-family: var(--serif); font-size: 1.2rem; font-weight: 600; color: var(--accent); margin-bottom: .25rem; }
.chart { display: block; width: 100%; height: auto; overflow: visible; font-family: var(--sans); }
.narrow { display: none; }
.small { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 1.75rem 2rem; margin: 1rem 0 1.25rem; padding: 0;
  list-style: none; }
.small h4 { margin: 0 0 .25rem; font-size: .9375rem; font-weight: 600; }
.small .amounts { margin: 0; font-size: .8125rem; color: var(--quiet); }
.key { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; margin: .5rem 0; font-size: .875rem; color: var(--quiet); }
.key svg { width: 1.5rem; height: .75rem; margin-right: .4rem; vertical-align: baseline; }
.scroll { overflow-x: auto; margin: 1rem 0; position: relative; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; line-height: 1.45; }
caption { text-align: left; color: var(--quiet); padding: 0 0 .5rem; }
th, td { padding: .45rem .75rem .45rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--grid); font-weight: 400; }
th:last-child, td:last-child { padding-right: 0; }
.dense table { font-size: .8125rem; }
thead th { border-bottom: 2px solid var(--accent); font-weight: 600; vertical-align: bottom; line-height: 1.3; }
tbody th { min-width: 7rem; }
tfoot th, tfoot td { border-top: 2px solid var(--accent); border-bottom: 0; font-weight: 600; }
.n { text-align: right; font-variant-numeric: lining-nums tabular-nums; white-space: nowrap; }
thead .n { white-space: normal; }
.negative { color: var(--negative); }
.quiet { color: var(--quiet); }
td small, th small { display: block; color: var(--quiet); font-size: .8125rem; }
code { font: .8125rem ui-monospace, 'Cascadia Mono', Consolas, 'Liberation Mono', monospace; }
thead button { font: inherit; color: inherit; background: none; border: 0; padding: .2rem 0; margin: 0; cursor: pointer; text-align: inherit; }
thead button::after { content: '\\a0\\2195'; content: '\\a0\\2195' / ''; color: var(--quiet); font-weight: 400; }
thead [aria-sort=ascending] button::after { content: '\\a0\\2191'; content: '\\a0\\2191' / ''; color: inherit; }
thead [aria-sort=descending] button::after { content: '\\a0\\2193'; content: '\\a0\\2193' / ''; color: inherit; }
.chip { display: inline-block; padding: .05rem .55rem; border-radius: .75rem; font-size: .8125rem; white-space: nowrap; margin: 0 .25rem .15rem 0;
  background: var(--notice-back); color: var(--notice-ink); }
.chip.ERROR { background: var(--error-back); color: var(--error-ink); }
.chip.WARNING { background: var(--warning-back); color: var(--warning-ink); }
.chip.GOOD { background: var(--good-back); color: var(--good-ink); }
.filters { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: end; background: var(--wash); padding: 1rem; border-radius: .35rem;
  margin: 1rem 0 0; }
.filters[hidden] { display: none; }
.filters label { display: grid; gap: .2rem; font-size: .8125rem; color: var(--quiet); max-width: 100%; }
.filters label.check { display: flex; align-items: center; gap: .5rem; min-height: 2.5rem; }
.filters select, .filters input[type=search], .filters button, .more button { font: inherit; font-size: .9375rem; color: var(--ink); background: var(--paper);
  border: 1px solid var(--quiet); border-radius: .25rem; padding: .4rem .6rem; min-height: 2.5rem; max-width: 100%; }
.filters input[type=checkbox] { width: 1.1rem; height: 1.1rem; }
.filters [role=status] { flex-basis: 100%; max-width: none; margin: 0; font-size: .875rem; color: var(--quiet); }
details { margin: .75rem 0; }
summary { cursor: pointer; color: var(--link); font-size: .9375rem; padding: .25rem 0; }
.rules dt { font-weight: 600; margin-top: .6rem; }
.rules dd { margin: 0; color: var(--quiet); font-size: .9375rem; }
footer { margin-top: 4rem; padding-bottom: 3rem; color: var(--quiet); font-size: .8125rem; }
@media (max-width: 44rem) {
  header, main, footer, nav { padding-left: 1.1rem; padding-right: 1.1rem; }
  header { padding-top: 2rem; }
  h2 { font-size: 1.5rem; }
  .wide { display: none; }
  .narrow { display: block; }
  .tiles { grid-template-columns: 1fr 1fr; }
  .tiles .figure { font-size: 1.4rem; }
  .provenance { grid-template-columns: 1fr; }
  .provenance dd { margin-bottom: .4rem; }
  .filters label, .filters select, .filters input[type=search] { width: 100%; }
  .filters label.check { width: auto; }
  table.cards, .cards caption, .cards tbody, .cards tr, .cards th, .cards td { display: block; width: auto; min-width: 0; }
  .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .cards tr { border: 1px solid var(--line); border-radius: .35rem; padding: .6rem .8rem; margin-bottom: .75rem; }
  .cards tr[hidden] { display: none; }
  .cards th, .cards td { border: 0; padding: .15rem 0; text-align: left; white-space: normal; }
  .cards td:empty { display: none; }
  .cards td.n { display: inline-block; margin-right: 1.25rem; }
  .cards tfoot { display: block; }
  .cards td[data-label]::before { content: attr(data-label) ': '; color: var(--quiet); font-size: .8125rem; }
}
@media print {
  :root { color-scheme: light; --paper: #fff; --wash: #fff; --ink: #000; --quiet: #444; --grid: #ddd; --line: #aaa; --accent: #1f3864;
    --link: #000; --first: #2b6cb0; --second: #c2500a; --negative: #a61b28; --error-back: #fff; --error-ink: #8f1622;
    --warning-back: #fff; --warning-ink: #6b4700; --notice-back: #fff; --notice-ink: #33415c; --good-back: #fff; --good-ink: #1a5b2a; }
  @page { size: A4; margin: 16mm 14mm; }
  body { font-size: 9.5pt; line-height: 1.4; }
  header, main, footer { max-width: none; padding: 0; }
  nav, .skip, .filters, summary, .more { display: none; }
  h1 { font-size: 22pt; } h2 { font-size: 15pt; } h3 { font-size: 11.5pt; margin-top: 14pt; }
  h1, h2, h3, h4, figcaption, caption { break-after: avoid; }
  section { margin-top: 18pt; padding-top: 12pt; }
  .lead { font-size: 10pt; }
  figure, .small li, tr, .tiles { break-inside: avoid; }
  .wide { display: block; } .narrow { display: none; }
  .small { grid-template-columns: 1fr 1fr; }
  .scroll { overflow: visible; }
  table { font-size: 7.5pt; } th, td { padding: 2.5pt 6pt 2.5pt 0; }
  thead { display: table-header-group; } tfoot { display: table-row-group; }
  .dense table { font-size: 6pt; } .dense th, .dense td { padding-right: 3pt; } .dense tbody th { min-width: 0; }
  thead button::after { content: none !important; }
  .chip { border: .5pt solid currentColor; padding: 0 4pt; }
  .chip, td small, th small { font-size: .9em; }
  .explain, .key, .rules dd, .small .amounts, .tiles dt, .tiles .note, .provenance, footer { font-size: 8pt; }
  .small h4 { font-size: 9pt; }
  .rules { columns: 2; max-width: none; } .rules div { break-inside: avoid; }
  .tiles { grid-template-columns: repeat(6, 1fr); }
  figcaption { font-size: 11.5pt; }
  .tiles .figure { font-size: 13pt; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`;
