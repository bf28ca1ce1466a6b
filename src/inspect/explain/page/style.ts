/** What the page of an explanation adds to the style of the page of the night. */
export const EXPLANATION_STYLE = `
header .date { margin-bottom: .35rem; }
.about { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.25rem; margin: 1.75rem 0 0; max-width: 60rem; }
.about dt { color: var(--quiet); }
.about dd { margin: 0; }
.component { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1.5rem; align-items: baseline; margin: 2.75rem 0 0;
  padding-bottom: .35rem; border-bottom: 2px solid var(--accent); }
.component .n { font-size: 1.2rem; }
.decision { display: grid; grid-template-columns: 11.5rem 9.5rem 1fr; gap: .1rem 1.25rem; padding: .8rem 0; border-bottom: 1px solid var(--grid); }
.decisions { list-style: none; margin: 0; padding: 0; }
.decision p { margin: 0; max-width: none; }
.decision .n { text-align: left; }
.decision .nothing { color: var(--quiet); }
.decision .fact { color: var(--quiet); font-size: .9375rem; }
.decision details { margin: .2rem 0 0; }
.decision summary { font-size: .875rem; }
.tests { list-style: none; margin: .35rem 0 .25rem; padding: 0; font-size: .875rem; line-height: 1.5; }
.tests li { display: grid; grid-template-columns: 2.75rem 6.5rem 1fr; gap: 0 .75rem; padding: .3rem 0; border-top: 1px solid var(--grid); }
.tests li:first-child { border-top: 0; }
.tests .no { color: var(--negative); font-weight: 600; }
.tests small { display: block; color: var(--quiet); font-size: .8125rem; }
.paid { margin: 0 0 .35rem; max-width: none; }
.part { margin-top: 2rem; }
.part h3 { margin-top: 0; }
.sources dt { font-weight: 600; margin-top: .9rem; }
.sources dd { margin: 0; max-width: 44rem; }
.sources dd + dd { color: var(--quiet); font-size: .875rem; }
@media (max-width: 44rem) {
  .about { grid-template-columns: 1fr; gap: 0; }
  .about dd { margin-bottom: .6rem; }
  .decision { grid-template-columns: 1fr auto; }
  .decision .why { grid-column: 1 / -1; }
  .decision .n { text-align: right; }
  .tests li { grid-template-columns: 2.75rem 1fr; }
  .tests .told { grid-column: 2; }
}
@media print {
  .component .n { font-size: inherit; }
  .decision { grid-template-columns: 3cm 2.5cm 1fr; padding: 4pt 0; }
  .decision .why > p { break-after: avoid; }
  .decision .fact { font-size: 8.5pt; }
  .tests { font-size: 8pt; }
  .tests li { break-inside: avoid; padding: 1.5pt 0; grid-template-columns: .8cm 2cm 1fr; }
  .tests small { font-size: 7.5pt; }
  .tiles { grid-template-columns: repeat(4, 1fr); }
  .component { break-after: avoid; }
  .decision summary { display: block; color: var(--quiet); font-size: 8pt; list-style: none; }
  details::details-content { content-visibility: visible; display: block; }
  .sources dt { margin-top: 6pt; font-size: 8.5pt; }
  .sources dd, .sources dd + dd { font-size: 8pt; max-width: none; }
}
`;
