/** The words of the page of an explanation, in Dutch: it is sent to people who never see the program. */
import type { ExplainedBatchLine, ExplainedTest, LawSource, RecordKind } from '../explanation.js';
import type { TrajectoryStatus } from '../../../law/status.js';

export const STATUS: Readonly<Record<TrajectoryStatus, string>> = {
  COUNTS: 'telt mee',
  HELD: 'aangehouden: niets verschuldigd zolang de overlapping duurt',
  BEFORE_TWE: 'van voor TWE: niets verschuldigd',
  WITHDRAWN: 'ingetrokken: niets verschuldigd',
};

export const LAW: Readonly<Record<LawSource, string>> = {
  CONFIGURATION: 'de regels en bedragen die nu ingesteld zijn',
  NIGHT: 'de regels en bedragen van die nacht; er zijn er nu andere ingesteld',
  CONFIGURATION_INSTEAD: 'de regels en bedragen die nu ingesteld zijn; die van die nacht zijn niet bewaard',
};

export const STATE: Readonly<Record<ExplainedBatchLine['state'], string>> = {
  APPROVED: 'goedgekeurd',
  REJECTED: 'geweigerd, telt niet mee',
  WAITING: 'wacht op goedkeuring',
  HELD: 'uit de batch gehouden, telt niet mee',
};

export const KIND: Readonly<Record<string, string>> = {
  QUARTER: 'kwartaalbetaling',
  YEAR: 'jaarafrekening',
  FINAL: 'eindafrekening',
};

export const RECORD: Readonly<Record<RecordKind, string>> = {
  weo: 'Werkervaringsovereenkomst',
  employment: 'Tewerkstelling',
  category: 'Categorie',
  decision: 'Beslissing',
  payment: 'Betaling',
  budget: 'Budget verhoogde toelage',
};

/** Columns of the feeds. */
export const FIELD: Readonly<Record<string, string>> = {
  ocmw_id: 'OCMW',
  start_date: 'begin',
  end_date: 'einde',
  end_reason: 'reden van einde',
  extended_for_rights: 'verlengd voor sociale rechten',
  kind: 'soort',
  weo_id: 'WEO',
  employer_id: 'werkgever',
  dimona_type: 'Dimona-type',
  fte: 'deel van voltijds',
  social_economy: 'sociale economie',
  nova_prima_ref: 'Nova Prima',
  increased_requested: 'verhoogde toelage gevraagd',
  code: 'categorie',
  from_date: 'van',
  to_date: 'tot',
  measurement: 'meting',
  outcome: 'uitkomst',
  decided_by: 'beslist door',
  reason: 'reden',
  paid_on: 'betaald op',
  cents: 'bedrag',
  reference: 'mededeling',
  component: 'component',
  month: 'maand',
  year: 'jaar',
  fixed_cents: 'vast bedrag',
  flexible_cents: 'flexibel bedrag',
};

export const answerOf = ({ passed }: ExplainedTest): string => (passed ? 'ja' : 'nee');
