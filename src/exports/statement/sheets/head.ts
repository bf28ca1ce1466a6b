/** What the heads of all sheets of a statement say. */
import { yearOf, type Month } from '../../../calendar.js';
import { enterpriseNumber, type HeadOfDocument } from '../../workbook/common-sheets.js';
import { belgianDate } from '../../workbook/document.js';
import type { Lang, Status } from '../../workbook/look.js';
import type { Statement } from '../statement.js';

const FULL_MONTHS: Readonly<Record<Lang, readonly string[]>> = {
  nl: [
    ...['januari', 'februari', 'maart', 'april', 'mei', 'juni'],
    ...['juli', 'augustus', 'september', 'oktober', 'november', 'december'],
  ],
  en: [
    ...['January', 'February', 'March', 'April', 'May', 'June'],
    ...['July', 'August', 'September', 'October', 'November', 'December'],
  ],
};

/** `maart 2024`. */
export function monthInWords(month: Month, lang: Lang): string {
  return `${FULL_MONTHS[lang][month % 12]!} ${yearOf(month)}`;
}

/** Head of a sheet: whose statement, about which month, with the knowledge of which night. */
export function headOf(statement: Statement, status: Status): HeadOfDocument {
  const { lang, provenance, payee, month, businessDate } = statement;
  const who = payee.name === '' ? enterpriseNumber(payee.ocmwId) : `${payee.name} (${enterpriseNumber(payee.ocmwId)})`;
  const night = belgianDate(businessDate);
  return {
    lang,
    provenance,
    status,
    periodText: {
      nl: `${who}, ${monthInWords(month, 'nl')}, stand van ${night}`,
      en: `${who}, ${monthInWords(month, 'en')}, as of ${night}`,
    },
  };
}
