/** Where the rules come from: the two founding documents and the public pages that were read, by key. */

/** The same text in the two languages of the program. */
export interface Text {
  readonly nl: string;
  readonly en: string;
}

export interface Source {
  readonly title: Text;
  /** Public address; undefined for a document without a lasting one. */
  readonly url?: string;
}

const source = (nl: string, en: string, url?: string): Source => ({
  title: { nl, en },
  ...(url === undefined ? {} : { url }),
});

export const SOURCES = {
  SD1: source(
    'VDAB-brochure "Tijdelijke werkervaring: VDAB & OCMW samen sterk voor werk" (2017)',
    'VDAB brochure "Tijdelijke werkervaring: VDAB & OCMW samen sterk voor werk" (2017)',
  ),
  SD2: source('OCMW Hoegaarden, pagina over TWE en artikel 60', 'OCMW Hoegaarden, page on TWE and article 60'),
  V1: source(
    'VDAB, draaiboek TWE-OCMW, financiering',
    'VDAB, TWE-OCMW guide, financing',
    'https://www.vdab.be/tijdelijkewerkervaring/draaiboek-twe-ocmw/financiering',
  ),
  V2: source(
    'VDAB, draaiboek TWE-OCMW, monitoring',
    'VDAB, TWE-OCMW guide, monitoring',
    'https://www.vdab.be/tijdelijkewerkervaring/draaiboek-twe-ocmw/monitoring',
  ),
  V3: source(
    'VDAB, draaiboek TWE-OCMW, screening',
    'VDAB, TWE-OCMW guide, screening',
    'https://www.vdab.be/tijdelijkewerkervaring/draaiboek-twe-ocmw/screening',
  ),
  V4: source(
    'VDAB, draaiboek TWE-OCMW, begeleiding',
    'VDAB, TWE-OCMW guide, guidance',
    'https://www.vdab.be/tijdelijkewerkervaring/draaiboek-twe-ocmw/begeleiding',
  ),
  V5: source(
    'VDAB, draaiboek TWE-OCMW, begeleiding na de tewerkstelling',
    'VDAB, TWE-OCMW guide, guidance after the employment',
    'https://www.vdab.be/tijdelijkewerkervaring/draaiboek-twe-ocmw/begeleiding-na',
  ),
  V6: source(
    'VDAB, Arvastat, uitleg bij werkzoekenden en werkenden',
    'VDAB, Arvastat, notes on jobseekers and workers',
    'https://arvastat.vdab.be/help/werkenden.html',
  ),
  G1: source(
    'VVSG, nieuwsbericht van 3 april 2019 over trajecten langer dan 24 maanden',
    'VVSG, news item of 3 April 2019 on trajectories of more than 24 months',
    'https://www.vvsg.be/nieuws/financiering-trajecten-waarvan-de-duur-24-maanden-overschrijdt',
  ),
  G2: source(
    'VVSG, OCMW en activering (2024)',
    'VVSG, OCMW and activation (2024)',
    'https://www.vvsg.be/werken-en-ondernemen/werk/ocmw-activering',
  ),
  G3: source(
    'VVSG, omzendbrief tijdelijke werkervaring (eind 2016)',
    'VVSG, circular on temporary work experience (end of 2016)',
    'http://www.vvsg.be/nieuws/Paginas/Omzendbrief-tijdelijke-werkervaring.aspx',
  ),
  B1: source(
    'Besluit van de Vlaamse Regering van 23 december 2016 (alleen titel, aanhef en begin van artikel 1 gelezen)',
    'Decree of the Flemish Government of 23 December 2016 (only title, preamble and head of article 1 read)',
    'https://etaamb.openjustice.be/nl/besluit-van-de-vlaamse-regering-van-23-december-2016_n2017010482.html',
  ),
  B2: source(
    'Wijzigingsbesluit van 6 juli 2018 (alleen titel gelezen)',
    'Amending decree of 6 July 2018 (only title read)',
    'https://etaamb.openjustice.be/nl/besluit-van-de-vlaamse-regering-van-06-juli-2018_n2018013278.html',
  ),
  B3: source(
    'Ontwerp van decreet 922, memorie van toelichting (begin)',
    'Draft decree 922, explanatory memorandum (opening)',
  ),
  B4: source('SERV-advies van 14 november 2016 (begin)', 'SERV advice of 14 November 2016 (opening)'),
  W1: source(
    'Departement WSE, werk.be, leefloners (2017)',
    'Department WSE, werk.be, living wage clients (2017)',
    'https://www.werk.be/beleidsthemas/leefloners',
  ),
  A1: source(
    'Stad Antwerpen, besluit 2023_VB_00158 van 23 juni 2023 over de verhoogde toelage',
    'City of Antwerp, decision 2023_VB_00158 of 23 June 2023 on the increased allowance',
    'https://ebesluit.antwerpen.be/',
  ),
  P1: source(
    'Antwoord van 24 februari 2026 op schriftelijke vraag 319 (2025-2026), via een openbare gegevensset',
    'Answer of 24 February 2026 to written question 319 (2025-2026), through a public data set',
  ),
  Z1: source(
    'RSZ, DmfA-instructies 2020/1, tewerkstelling artikel 60 §7',
    'RSZ, DmfA instructions 2020/1, employment under article 60 par. 7',
    'https://www.socialsecurity.be/employer/instructions/dmfa/nl/2020-1/instructions/persons/specific/occupation_article60.html',
  ),
  Z2: source(
    'RSZ, DmfA-instructies 2020/1, doelgroepvermindering artikel 60',
    'RSZ, DmfA instructions 2020/1, target group reduction article 60',
    'https://www.socialsecurity.be/employer/instructions/dmfa/nl/2020-1/instructions/deductions/structuralreduction_targetgroupreductions/article60.html',
  ),
  Z3: source(
    'KSZ, variabele "Type werknemer", en RSZ, Dimona: voor wie',
    'KSZ, variable "Type werknemer", and RSZ, Dimona: for whom',
    'https://www.socialsecurity.be/site_nl/employer/applics/dimona/general/who.htm',
  ),
  I1: source(
    "POD MI, geïntegreerde inspectieverslagen van OCMW's (2014-2020, openingen)",
    'POD MI, integrated inspection reports of OCMWs (2014-2020, openings)',
  ),
  I2: source(
    'POD MI, geïntegreerde inspectiegids (alleen inhoudstafel)',
    'POD MI, integrated inspection guide (table of contents only)',
  ),
  L1: source("Leefloonbedragen op openbare pagina's (2017-2024)", 'Living wage amounts on public pages (2017-2024)'),
  F1: source(
    'POD MI, primabook, staatstoelagen bij het recht op maatschappelijke integratie',
    'POD MI, primabook, state grants for the right to social integration',
    'https://primabook.mi-is.be/nl/recht-op-maatschappelijke-integratie/staatstoelagen',
  ),
  F2: source(
    'Wallonië, artikelen 60 en 61',
    'Wallonia, articles 60 and 61',
    'http://actionsociale.wallonie.be/insertion-activation-aide-sociale/articles-60-61',
  ),
  F3: source(
    'Brussel, artikel 60 (alleen ter vergelijking)',
    'Brussels, article 60 (for comparison only)',
    'http://werk-economie-emploi.brussels/nl_BE/artikel-60',
  ),
  N1: source(
    'Gepubliceerde controleregels van rijksregisternummer, BIS-nummer, ondernemingsnummer, IBAN en gestructureerde mededeling (python-stdnum)',
    'Published checks of national number, BIS number, enterprise number, IBAN and structured communication (python-stdnum)',
    'https://arthurdejong.org/python-stdnum/',
  ),
  N2: source(
    'Statbel, NIS-codes 2019, en Vlaamse overheid, fusies van 2025',
    'Statbel, NIS codes 2019, and Flemish government, mergers of 2025',
    'https://statbel.fgov.be',
  ),
  R1: source(
    'RVA, categorietabel Stat92 (2013), en KSZ, variabele "Categorie van werkzoekende"',
    'RVA, category table Stat92 (2013), and KSZ, variable "Categorie van werkzoekende"',
  ),
  H1: source(
    'Besox, nieuw traject tijdelijke werkervaring (21 februari 2017)',
    'Besox, new trajectory temporary work experience (21 February 2017)',
    'https://www.besox.be/nieuwe-traject-tijdelijke-werkervaring-vlaanderen/',
  ),
  H2: source(
    'Prato, nieuw systeem van werkervaringsstages vanaf 1 januari 2023',
    'Prato, new system of work experience placements from 1 January 2023',
    'https://www.prato.be/vanaf-01-01-2023-een-nieuwe-systeem-van-werkervaringsstages-in-vlaanderen/',
  ),
  C1: source(
    "Vlaamse overheid, subsidie aan Belgische OCMW's (boekingsvoorbeeld)",
    'Flemish government, subsidy to Belgian OCMWs (posting example)',
    'https://lokaalbestuur.vlaanderen.be/subsidie/subsidie-aan-belgische-ocmw',
  ),
  MAGDA: source(
    'Vlaamse overheid, MAGDA-dienst GeefInschrijvingWerkzoekende v01.00',
    'Flemish government, MAGDA service GeefInschrijvingWerkzoekende v01.00',
    'https://vlaamseoverheid.atlassian.net',
  ),
} as const satisfies Record<string, Source>;

export type SourceKey = keyof typeof SOURCES;

/** How sure a rule or value is. */
export const CONFIDENCE = {
  DOC: {
    nl: 'staat in een van de twee basisdocumenten (SD1, SD2)',
    en: 'stated in one of the two founding documents (SD1, SD2)',
  },
  OFF: { nl: 'staat op een officiële pagina die gelezen is', en: 'stated on an official page that was read' },
  SEC: { nl: 'staat in een secundaire bron', en: 'stated by a secondary source' },
  INF: {
    nl: 'eigen lezing of keuze die de regel berekenbaar maakt; te bevestigen',
    en: 'our own reading or choice that makes the rule computable; to be confirmed',
  },
  NF: { nl: 'gezocht en niet gevonden', en: 'looked for and not found' },
} as const satisfies Record<string, Text>;

export type Confidence = keyof typeof CONFIDENCE;

/** Sources in words, each with its key: `VDAB, draaiboek TWE-OCMW, financiering (V1)`. */
export function sourceText(keys: readonly SourceKey[], confidence: Confidence): Text {
  return { nl: inLanguage('nl', keys, confidence), en: inLanguage('en', keys, confidence) };
}

const WORDS = {
  none: { nl: 'niet gevonden', en: 'not found' },
  ownChoice: { nl: 'eigen keuze, in geen bron gevonden', en: 'our own choice, found in no source' },
  ownReading: { nl: 'eigen lezing van', en: 'our own reading of' },
} as const;

function inLanguage(language: keyof Text, keys: readonly SourceKey[], confidence: Confidence): string {
  if (keys.length === 0) return confidence === 'NF' ? WORDS.none[language] : WORDS.ownChoice[language];
  const named = keys.map((key) => `${SOURCES[key].title[language]} (${key})`).join('; ');
  if (confidence === 'NF') return `${WORDS.none[language]}; ${named}`;
  return confidence === 'INF' ? `${WORDS.ownReading[language]} ${named}` : named;
}
