/** Two OCMWs, of which one merged into the other, and four trajectories with something of everything. */
import type { Session } from '../../src/db/database.js';
import * as sample from './sample.js';

export const { GENT, AALST } = sample;

export async function fillSmallSample(session: Session): Promise<void> {
  await session.rows('truncate twe.delivery restart identity cascade');
  await sample.insertDelivery(session);
  await sample.insertOcmw(session, { id: GENT, name: '=HYPERLINK("http://x","Gent")' });
  await sample.insertOcmw(session, { id: AALST, name: 'OCMW Aalst', to: '2023-12-31', successor: GENT });

  await sample.insertWeo(session, { id: 'W1', ocmw: GENT, start: '2023-11-15' });
  await sample.insertEntry(session, {
    ocmw: GENT,
    weo: 'W1',
    component: 'EFF',
    from: '2023-11',
    to: '2024-03',
    euro: 250,
  });
  await sample.insertEntry(session, {
    ...{ ocmw: GENT, weo: 'W1', component: 'C1', from: '2024-01', to: '2024-03', euro: 150 },
    rule: 'R-C-1',
  });
  await sample.insertEntry(session, {
    ...{ ocmw: GENT, weo: 'W1', component: 'EFF', from: '2024-03', euro: -250 },
    ...{ rule: 'R-EFF-5', reason: 'CATEGORY' },
  });

  // Aalst is paid through Gent; its id needs quotes in CSV
  await sample.insertWeo(session, { id: 'W,"2"', ocmw: AALST, start: '2022-12-01', end: '2023-11-30' });
  await sample.insertEntry(session, {
    ocmw: AALST,
    weo: 'W,"2"',
    component: 'EFF',
    from: '2022-12',
    to: '2023-01',
    euro: 250,
  });
  await sample.insertEntry(session, {
    ...{ ocmw: AALST, weo: 'W,"2"', component: 'M1', from: '2023-12', euro: 300 },
    rule: 'R-RES-1',
  });
  await sample.insertMeasurement(session, { weo: 'W,"2"', number: 1, on: '2023-12-01', outcome: 'PENDING' });
  await sample.insertMeasurement(session, {
    ...{ weo: 'W,"2"', number: 1, on: '2023-12-01', outcome: 'POSITIVE' },
    ...{ evidence: 'E7', euro: 300 },
  });
  await sample.insertMeasurement(session, { weo: 'W,"2"', number: 2, on: '2024-05-01', outcome: 'NEGATIVE' });

  // given, taken back and given again by another rule; ordered as it first was
  await sample.insertWeo(session, { id: '=W3', ocmw: GENT, start: '2023-12-31' });
  const w3 = { ocmw: GENT, weo: '=W3', component: 'ORD', from: '2024-01' } as const;
  await sample.insertEntry(session, { ...w3, euro: 500.01, rule: 'R-A-1' });
  await sample.insertEntry(session, { ...w3, euro: -500.01, rule: 'R-A-2', reason: 'LATE_REGISTRATION' });
  await sample.insertEntry(session, { ...w3, euro: 1200.5, rule: 'R-A-3' });

  // paid outside the program without any right; measured and voided
  await sample.insertWeo(session, { id: 'W4', ocmw: GENT, start: '2024-01-01', end: '2024-01-31' });
  await sample.insertMeasurement(session, {
    weo: 'W4',
    number: 1,
    on: '2024-02-01',
    outcome: 'NEGATIVE',
    voided: true,
  });

  await sample.fillOrderedLines(session, [
    ...['2023-11', '2023-12'].map((m) => order(GENT, 'W1', m, 250, 250)),
    order(GENT, 'W1', '2024-03', 250),
    order(AALST, 'W,"2"', '2022-12', 250, 250),
    order(GENT, 'W4', '2024-01', 250, 0),
  ]);
}

function order(ocmw: string, weo: string, month: string, ordered: number, paid = 0): sample.SampleOrder {
  return { ocmw, weo, component: 'EFF', month, ordered, paid };
}
