/** HTML that cannot be broken by what is put into it: everything is escaped unless it is Html already. */
import { createHash } from 'node:crypto';

/** Text that is HTML. */
export class Html {
  constructor(readonly text: string) {}
}

export type Part = string | number | Html | undefined | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** What no HTML text may hold, and what turns the direction of a line: a feed must not make a page read otherwise. */
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;

/** For element content and quoted attributes alike. */
export function escapeHtml(text: string): string {
  return text.replaceAll(UNSEEN, '\ufffd').replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** How our own sources are set in is no business of the page. */
const INDENT = /\n\s+/g;

/** `` html`<p>${text}</p>` ``: text and numbers are escaped, lists are joined, undefined is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const pieces = strings.map(
    (piece, index) => piece.replaceAll(INDENT, '\n') + (index < parts.length ? written(parts[index]) : ''),
  );
  return new Html(pieces.join(''));
}

/** Text that is known to be HTML: our own style, script and charts. */
export function trusted(text: string): Html {
  return new Html(text);
}

/** A style or script as a content security policy names it, so that no other may act. */
export function policyDigest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function written(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'string') return escapeHtml(part);
  return typeof part === 'number' ? String(part) : part.map(written).join('');
}
