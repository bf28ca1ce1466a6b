/**
 * Why each euro of a trajectory is due or not, as known on the evening of the last finished night or of a past one. The
 * verdicts are those of the walk that computes; the rest of this folder finds the facts, records and bookings behind them.
 */
import { formatDay, formatMonth, OPEN_END, parseMonth } from '../../calendar.js';
import type { Database } from '../../db/database.js';
import { EXIT, Failure } from '../../errors.js';
import { COMPONENTS, type Component } from '../../law/codes.js';
import { statusOf } from '../../law/status.js';
import { art60Deadline } from '../../law/payment-calendar.js';
import { ALL_RULES, rule } from '../../law/rulebook/rulebook.js';
import { eveningOf } from '../../ledger/seen.js';
import { ledgerSums, whatDoesNotAddUp, type Sums } from './adds-up.js';
import type { DraftLine, Setting } from './draft.js';
import { draftLines } from './draft-lines.js';
import {
  EXPLANATION_VERSION,
  type Asked,
  type ExplainedLine,
  type ExplainedRule,
  type ExplainedTotal,
  type Explanation,
  type LawSource,
} from './explanation.js';
import { timelyTest } from './facts-in-words.js';
import { gather, type Gathered } from './gather.js';
import { nightKnown, requireKnown, type Night } from './known.js';
import { lawOfNight, type LawInForce, type LawOfNight } from './law-of-night.js';
import { measurementsOf } from './measurement-lines.js';
import { walkMonths } from './month-lines.js';
import { statusTest } from './status-lines.js';

export type { LawInForce } from './law-of-night.js';

/**
 * Explains a trajectory, or only one month or component of it, as known now or on a past evening: in place, from the
 * versions and runs up to then. Throws a Failure (exit 2) when no night had finished, the law of that night is not known,
 * or the WEO was not; an Error when the explanation does not add up.
 */
export async function explain(
  database: Database,
  weoId: string,
  inForce: LawInForce,
  asked: Asked = {},
): Promise<Explanation> {
  return database.transaction(async (session) => {
    // One picture: a night that ends meanwhile must not mix in.
    await session.client.query('set transaction isolation level repeatable read');
    const night = await nightKnown(session, asked.knownOn);
    await requireKnown(session, weoId, night, asked.knownOn);
    const law = lawOfNight(night, inForce);
    return explanationOf(await gather(session, weoId, night, law), law, asked);
  });
}

function explanationOf(gathered: Gathered, lawOf: LawOfNight, asked: Asked): Explanation {
  const { law, lawOverrides, source } = lawOf;
  const { computed, night, records } = gathered;
  const { facts } = computed.streamed;
  const { asOf } = eveningOf(night.today);
  const setting: Setting = { law, lawOverrides, asOf, records };
  const walked = walkMonths(facts, setting);
  const posted = ledgerSums(gathered.ledger);
  const drafts = draftLines(gathered, walked, asked.month, setting);
  const fault = whatDoesNotAddUp(facts, drafts, computed.segments, gathered.ledger);
  if (fault !== undefined) throw doesNotAddUp(fault, night, source);
  const lines = drafts.filter((line) => isAsked(line, asked)).map((line) => lineOf(line, posted));
  const batchLines = gathered.batchLines.filter((line) =>
    touches({ ...line, firstMonth: line.month, lastMonth: line.month }, asked),
  );
  const explanation = {
    version: EXPLANATION_VERSION,
    weoId: facts.weoId,
    ocmw: gathered.ocmw,
    known: { on: formatDay(night.today), runId: night.runId, until: formatDay(night.until) },
    law: source,
    asked: {
      month: asked.month === undefined ? null : formatMonth(asked.month),
      component: asked.component ?? null,
    },
    status: statusOf(facts),
    statusTest: statusTest(facts, setting),
    agreement: {
      start: formatDay(facts.start),
      end: facts.end >= OPEN_END ? null : formatDay(facts.end),
      extendedForRights: facts.extendedForRights ?? null,
      art60Deadline: formatDay(art60Deadline(facts.start, law)),
    },
    timely: timelyTest('R-LC-2', facts, law, asOf),
    lines,
    measurements: measurementsOf(facts, walked.results, gathered.stored, law),
    totals: totalsOf(lines),
    ledger: gathered.ledger.filter((entry) => touches(entry, asked)),
    batchLines,
    batchParts: gathered.batchParts.filter(({ batchId, ocmwId }) =>
      batchLines.some((line) => line.batchId === batchId && line.ocmwId === ocmwId),
    ),
    records: records.all,
  } as const;
  return { ...explanation, rules: rulesIn(explanation) };
}

/** With the law of the night the program is at fault; with another one, the law is. */
function doesNotAddUp(fault: string, { runId }: Night, source: LawSource): Error {
  if (source !== 'CONFIGURATION_INSTEAD') return new Error(fault);
  return new Failure(
    EXIT.usage,
    `The law of the last finished night (${runId}) was not kept and is not that of the configuration: ${fault}. Give the ` +
      'configuration of that night with --config, or run a night with the present one first.',
  );
}

function isAsked({ component, month }: { component: Component; month: number }, asked: Asked): boolean {
  return (asked.component ?? component) === component && (asked.month ?? month) === month;
}

function touches(run: { component: Component; firstMonth: string; lastMonth: string }, asked: Asked): boolean {
  const { component, month } = asked;
  if (component !== undefined && run.component !== component) return false;
  return month === undefined || (parseMonth(run.firstMonth)! <= month && month <= parseMonth(run.lastMonth)!);
}

function lineOf({ component, month, dueCents, decision, tests, amount }: DraftLine, posted: Sums): ExplainedLine {
  return {
    component,
    month: formatMonth(month),
    due: decision.due,
    dueCents,
    ledgerCents: posted.of(component, month),
    rule: decision.rule,
    why: decision.why,
    text: { nl: decision.dutch, en: decision.english },
    tests,
    amount: amount ?? null,
  };
}

function totalsOf(lines: readonly ExplainedLine[]): ExplainedTotal[] {
  return COMPONENTS.filter((component) => lines.some((line) => line.component === component)).map((component) => ({
    component,
    dueCents: lines.reduce((sum, line) => sum + (line.component === component ? line.dueCents : 0), 0),
  }));
}

const KNOWN_RULES: ReadonlySet<string> = new Set(ALL_RULES.map(({ id }) => id));

/** Rules that the explanation names, by id. */
function rulesIn(explanation: Omit<Explanation, 'rules'>): Record<string, ExplainedRule> {
  const tests = [explanation.statusTest, explanation.timely, ...explanation.lines.flatMap((line) => line.tests)];
  const named = [...tests, ...explanation.lines, ...explanation.ledger].map((each) => each.rule);
  const inFacts = tests.flatMap(({ fact }) => fact.en.match(/\b[RE]-[A-Z0-9]+(-[A-Z0-9]+)*/g) ?? []);
  // An id of a record may look like that of a rule.
  const ids = [...new Set([...named, ...inFacts.filter((id) => KNOWN_RULES.has(id))])].sort();
  return Object.fromEntries(
    ids.map((id) => {
      const { text, source, confidence } = rule(id);
      return [id, { text, source, confidence }];
    }),
  );
}
