/**
 * Reads a payment file back without the library that wrote it, and holds it against the part of `pain.001.001.09` that
 * it may use: elements in their order, how often they occur, and what their texts look like.
 */

/** An element with either children or a text. */
export interface XmlElement {
  readonly name: string;
  /** As written between name and `>`: ` Ccy="EUR"`. */
  readonly attributes: string;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const TOKEN = /<(\/?)(\w+)((?: [\w:]+="[^"<]*")*)>|([^<]+)/y;

/** The root element. Stricter than XML: no comments, no empty elements, no text beside elements. Throws on anything else. */
export function readXml(xml: string): XmlElement {
  if (!xml.startsWith(DECLARATION)) throw new Error('the declaration is missing');
  const root = { name: '', attributes: '', children: [] as XmlElement[], text: '' };
  const open = [root];
  TOKEN.lastIndex = DECLARATION.length;
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(xml);
    if (token === null) throw new Error(`no XML that is known here at ${at}: ${xml.slice(at, at + 40)}`);
    const [, closing, name, attributes, text] = token;
    const top = open.at(-1)!;
    if (text !== undefined) top.text += unescaped(text);
    else if (closing) close(open, name!);
    else {
      const element = { name: name!, attributes: attributes!, children: [], text: '' };
      top.children.push(element);
      open.push(element);
    }
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error('not one closed root element');
  return root.children[0]!;
}

function close(open: { name: string; children: readonly XmlElement[]; text: string }[], name: string): void {
  const element = open.pop()!;
  if (element.name !== name) throw new Error(`</${name}> closes <${element.name}>`);
  if (element.children.length === 0) return;
  if (element.text.trim() !== '') throw new Error(`text beside elements in <${name}>: ${element.text.trim()}`);
  element.text = '';
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replaceAll(/&(\w*);?/g, (whole, name: string) => {
    if (!whole.endsWith(';') || ENTITIES[name] === undefined)
      throw new Error(`${whole} is no entity that is known here`);
    return ENTITIES[name];
  });
}

/** Elements at a path below an element: `at(document, 'CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf')`. */
export function at(element: XmlElement, path: string): XmlElement[] {
  return path
    .split('/')
    .reduce(
      (found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)),
      [element],
    );
}

/** The text at a path that leads to one element. */
export function textAt(element: XmlElement, path: string): string {
  const found = at(element, path);
  if (found.length !== 1) throw new Error(`${found.length} elements ${path} in <${element.name}>`);
  return found[0]!.text;
}

type Type = RegExp | readonly Child[];
interface Child {
  readonly name: string;
  readonly type: Type;
  readonly atMost: number;
  readonly attributes: string;
}

const one = (name: string, type: Type, attributes = ''): Child => ({ name, type, atMost: 1, attributes });
const many = (name: string, type: Type): Child => ({ name, type, atMost: Infinity, attributes: '' });

const SEPA = "[A-Za-z0-9/?:().,'+ -]";
const NAME = new RegExp(`^(?! )${SEPA}{1,70}(?<! )$`);
const IDENTIFIER = new RegExp(`^(?!.*//)(?!/)${SEPA}{1,35}(?<!/)$`);
const COUNT = /^[1-9]\d{0,14}$/;
const SUM = /^\d{1,15}\.\d{2}$/;
const AMOUNT = /^(?!0+\.00$)\d{1,9}\.\d{2}$/;
const IBAN = /^BE\d{14}$/;
const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;

const ACCOUNT = one('Id', [one('IBAN', IBAN)]);
const REFERENCE = [one('Tp', [one('CdOrPrtry', [one('Cd', /^SCOR$/)]), one('Issr', /^BBA$/)]), one('Ref', /^\d{12}$/)];
const TRANSFER = [
  one('PmtId', [one('EndToEndId', IDENTIFIER)]),
  one('Amt', [one('InstdAmt', AMOUNT, ' Ccy="EUR"')]),
  one('Cdtr', [one('Nm', NAME)]),
  one('CdtrAcct', [ACCOUNT]),
  one('RmtInf', [one('Strd', [one('CdtrRefInf', REFERENCE)])]),
];
const PAYMENT_BLOCK = [
  one('PmtInfId', IDENTIFIER),
  one('PmtMtd', /^TRF$/),
  one('NbOfTxs', COUNT),
  one('CtrlSum', SUM),
  one('PmtTpInf', [one('SvcLvl', [one('Cd', /^SEPA$/)])]),
  one('ReqdExctnDt', [one('Dt', DATE)]),
  one('Dbtr', [one('Nm', NAME)]),
  one('DbtrAcct', [ACCOUNT, one('Ccy', /^EUR$/)]),
  one('DbtrAgt', [one('FinInstnId', [one('BICFI', BIC)])]),
  one('ChrgBr', /^SLEV$/),
  many('CdtTrfTxInf', TRANSFER),
];
const HEADER = [
  one('MsgId', IDENTIFIER),
  one('CreDtTm', DATE_TIME),
  one('NbOfTxs', COUNT),
  one('CtrlSum', SUM),
  one('InitgPty', [one('Nm', NAME)]),
];
const DOCUMENT = one(
  'Document',
  [one('CstmrCdtTrfInitn', [one('GrpHdr', HEADER), one('PmtInf', PAYMENT_BLOCK)])],
  ' xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"',
);

/** What of a message is not as the standard and SEPA ask, in sentences; counts and sums included. */
export function faultsOf(document: XmlElement): string[] {
  const faults = document.name === 'Document' ? shapeFaults(document, DOCUMENT, 'Document') : ['no Document'];
  return faults.length > 0 ? faults : sumFaults(document);
}

function shapeFaults(element: XmlElement, { type, attributes }: Child, path: string): string[] {
  const faults = element.attributes === attributes ? [] : [`${path}: attributes${element.attributes}`];
  if (type instanceof RegExp) {
    if (element.children.length > 0 || !type.test(element.text)) faults.push(`${path}: '${element.text}'`);
    return faults;
  }
  const names = element.children.map((child) => child.name);
  const expected = type.flatMap((child) => {
    const count = names.filter((name) => name === child.name).length;
    return Array<string>(Math.min(Math.max(count, 1), child.atMost)).fill(child.name);
  });
  if (names.join() !== expected.join()) faults.push(`${path}: ${names.join()} instead of ${expected.join()}`);
  for (const child of element.children) {
    const childType = type.find(({ name }) => name === child.name);
    if (childType) faults.push(...shapeFaults(child, childType, `${path}/${child.name}`));
  }
  return faults;
}

function sumFaults(document: XmlElement): string[] {
  const transfers = at(document, 'CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf');
  const cents = (text: string) => BigInt(text.replace('.', ''));
  const sum = transfers.reduce((total, each) => total + cents(textAt(each, 'Amt/InstdAmt')), 0n);
  const ids = new Set(transfers.map((each) => textAt(each, 'PmtId/EndToEndId')));
  const faults = ids.size === transfers.length ? [] : ['an EndToEndId occurs twice'];
  for (const part of ['GrpHdr', 'PmtInf']) {
    const count = textAt(document, `CstmrCdtTrfInitn/${part}/NbOfTxs`);
    const total = textAt(document, `CstmrCdtTrfInitn/${part}/CtrlSum`);
    if (count !== String(transfers.length)) faults.push(`${part}: ${count} of ${transfers.length} payments`);
    if (cents(total) !== sum) faults.push(`${part}: ${total} instead of ${sum} cents`);
  }
  return faults;
}
