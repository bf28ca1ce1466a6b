/**
 * The JSON Schema (draft-07) of `twe explain --json`, printed by `twe explain --schema`. Each object is written against its
 * interface: a field that is added there and not here, or the other way round, does not compile.
 */
import { COMPONENTS, REASONS } from '../../law/codes.js';
import type { ShownClient } from '../client.js';
import {
  EXPLANATION_VERSION,
  type ExplainedAmount,
  type ExplainedBatchLine,
  type ExplainedBatchPart,
  type ExplainedClaim,
  type ExplainedEntry,
  type ExplainedLine,
  type ExplainedMeasurement,
  type ExplainedOcmw,
  type ExplainedPayment,
  type ExplainedRecord,
  type ExplainedRule,
  type ExplainedTest,
  type ExplainedTotal,
  type ExplainedVersion,
  type Explanation,
  type StoredVersion,
} from './explanation.js';

export type Schema = Readonly<Record<string, unknown>>;

function object<T>(properties: { readonly [K in keyof T]-?: Schema }): Schema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

const list = (items: Schema): Schema => ({ type: 'array', items });
const oneOf = (values: readonly unknown[]): Schema => ({ enum: values });
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
const about = (description: string, schema: Schema): Schema => ({ ...schema, description });

const TEXT = { type: 'string' };
const YES_NO = { type: 'boolean' };
const WHOLE = { type: 'integer' };
const CENTS = about('Euro cents.', WHOLE);
const DAY = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const MONTH = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$' };
const COMPONENT = oneOf(COMPONENTS);
const REASON = about('Reasons of a line, R-F-7.', oneOf(REASONS));
const RULE = about('Id of a rule; its text stands in rules.', { type: 'string', pattern: '^[RE]-' });
const BOTH = object<{ nl: string; en: string }>({ nl: TEXT, en: TEXT });
const CONFIDENCE = oneOf(['DOC', 'OFF', 'SEC', 'INF', 'NF', 'CONFIG']);
const OUTCOME = oneOf(['POSITIVE', 'NEGATIVE', 'PENDING']);

const TEST = object<ExplainedTest>({
  rule: RULE,
  passed: YES_NO,
  fact: about('The fact that answered the test.', BOTH),
  records: list(about('ref of a record.', TEXT)),
});

const AMOUNT = object<ExplainedAmount>({
  key: about('Configuration key: amount.EFF.', TEXT),
  from: about('First day on which the value holds; null: for all dates.', orNull(DAY)),
  cents: about('Of a whole month or a measurement.', WHOLE),
  source: BOTH,
  confidence: CONFIDENCE,
  checkedOn: orNull(DAY),
});

const LINE = object<ExplainedLine>({
  component: COMPONENT,
  month: MONTH,
  due: YES_NO,
  dueCents: CENTS,
  ledgerCents: about('Sum of the ledger entries, equal to dueCents.', WHOLE),
  rule: RULE,
  why: about('Stable name of the situation.', TEXT),
  text: BOTH,
  tests: about('In the order in which the law asked them, up to the one that decided.', list(TEST)),
  amount: orNull(AMOUNT),
});

const MEASUREMENT = object<ExplainedMeasurement>({
  measurement: oneOf([1, 2]),
  measuredOn: orNull(DAY),
  outcome: orNull(OUTCOME),
  cents: CENTS,
  stored: list(
    object<StoredVersion>({
      measuredOn: DAY,
      outcome: OUTCOME,
      employmentId: orNull(TEXT),
      source: oneOf(['RECORDS', 'DECISION', 'FROZEN']),
      cents: CENTS,
      voided: YES_NO,
      runId: TEXT,
    }),
  ),
});

const ENTRY = object<ExplainedEntry>({
  entryNo: WHOLE,
  runId: TEXT,
  ocmwId: TEXT,
  component: COMPONENT,
  firstMonth: MONTH,
  lastMonth: MONTH,
  cents: about('Euro cents for each month from firstMonth to lastMonth.', WHOLE),
  rule: RULE,
  reason: REASON,
});

const BATCH_LINE = object<ExplainedBatchLine>({
  batchId: TEXT,
  period: TEXT,
  runDay: DAY,
  state: oneOf(['APPROVED', 'REJECTED', 'WAITING', 'HELD']),
  kind: oneOf(['QUARTER', 'FINAL', 'YEAR']),
  ocmwId: TEXT,
  component: COMPONENT,
  month: MONTH,
  dueCents: CENTS,
  beforeCents: CENTS,
  cents: about('dueCents minus beforeCents.', WHOLE),
  reason: REASON,
});

const PAYMENT = object<ExplainedPayment>({
  paymentId: TEXT,
  paidOn: DAY,
  cents: about('Positive: VDAB paid; negative: it came back, or the OCMW paid a claim.', WHOLE),
  forLine: YES_NO,
});

const BATCH_PART = object<ExplainedBatchPart>({
  batchId: TEXT,
  ocmwId: TEXT,
  ocmwName: orNull(TEXT),
  claims: list(
    object<ExplainedClaim>({
      direction: oneOf(['PAY', 'CLAIM']),
      cents: about('Of all lines of the OCMW in the batch.', WHOLE),
      reference: TEXT,
      payments: list(PAYMENT),
    }),
  ),
});

const RECORD = object<ExplainedRecord>({
  ref: about('<kind>/<id>', TEXT),
  kind: oneOf(['weo', 'employment', 'category', 'decision', 'payment', 'budget']),
  id: TEXT,
  versions: {
    ...list(
      object<ExplainedVersion>({
        delivery: TEXT,
        file: TEXT,
        line: WHOLE,
        registeredAt: TEXT,
        registeredOn: DAY,
        countedOn: DAY,
        withdrawn: YES_NO,
        fields: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
      }),
    ),
    minItems: 1,
  },
});

const EXPLANATION = object<Explanation>({
  version: { const: EXPLANATION_VERSION },
  weoId: TEXT,
  ocmw: object<ExplainedOcmw>({ ocmwId: TEXT, name: orNull(TEXT), payeeId: TEXT, payeeName: orNull(TEXT) }),
  known: object<Explanation['known']>({ on: DAY, runId: TEXT, until: DAY }),
  law: oneOf(['CONFIGURATION', 'NIGHT', 'CONFIGURATION_INSTEAD']),
  asked: object<Explanation['asked']>({ month: orNull(MONTH), component: orNull(COMPONENT) }),
  status: oneOf(['COUNTS', 'HELD', 'BEFORE_TWE', 'WITHDRAWN']),
  statusTest: TEST,
  agreement: object<Explanation['agreement']>({
    start: DAY,
    end: orNull(DAY),
    extendedForRights: orNull(YES_NO),
    art60Deadline: DAY,
  }),
  timely: TEST,
  lines: list(LINE),
  measurements: list(MEASUREMENT),
  totals: list(object<ExplainedTotal>({ component: COMPONENT, dueCents: CENTS })),
  ledger: list(ENTRY),
  batchLines: list(BATCH_LINE),
  batchParts: list(BATCH_PART),
  records: list(RECORD),
  rules: {
    type: 'object',
    additionalProperties: object<ExplainedRule>({ text: BOTH, source: BOTH, confidence: CONFIDENCE }),
  },
});

/** Only there when `--show-insz` asked for the number, or when the client was removed after the retention term. */
const CLIENT = object<ShownClient>({
  insz: about('National number; null when nobody asked, or when the client was removed.', orNull(TEXT)),
  removedOn: orNull(DAY),
});

/** Of the version that this program writes. */
export const EXPLANATION_SCHEMA: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: `urn:twe:explanation:${EXPLANATION_VERSION}`,
  title: 'twe explain --json',
  ...EXPLANATION,
  properties: { ...(EXPLANATION['properties'] as Schema), client: CLIENT },
};
