/** Numbers of deliveries: what comes after a gap waits, the rest of the night goes on. */
import { describe, expect, it } from 'vitest';
import { type Delivery, feedsForTests, HAACHT, night } from './support.js';

const feeds = feedsForTests();

/** A delivery with a number that brings one agreement, named after its day. */
async function numbered(name: string, sequence: unknown, source?: string): Promise<void> {
  const delivery: Delivery = { ocmw: [{ ocmw_id: HAACHT }], weo: [{ weo_id: `W-${name}` }] };
  const files = ['ocmw.csv', 'weo.csv'].map((file) => ({ name: file }));
  const manifest = { delivery: name, files, sequence, ...(source ? { source } : {}) };
  await feeds.folder.deliver(name, { ...delivery, 'manifest.json': JSON.stringify(manifest) });
}

const plain = (name: string) => feeds.folder.deliver(name, { weo: [{ weo_id: `W-${name}` }] });
const takenBy = async (options: Parameters<typeof night>[2] = {}) => {
  const { deliveries, findings } = await feeds.night(options);
  return {
    taken: deliveries.map(({ name }) => name),
    told: findings.map(({ code, message }) => `${code}: ${message}`),
  };
};

describe('a gap in the numbers of deliveries', () => {
  it('makes the delivery and all later ones wait, with one warning that names the number', async () => {
    await numbered('2024-01-01', 5);
    await numbered('2024-01-02', 6);
    await numbered('2024-01-04', 8);
    await numbered('2024-01-05', 9);
    await plain('2024-01-06');
    expect(await takenBy()).toEqual({
      taken: ['2024-01-01', '2024-01-02'],
      told: [
        'DELIVERY_WAITS: Delivery 2024-01-04 (sequence 8) and 2 later deliveries wait: sequence 7 is missing. Have it sent; ' +
          'or go on without it with --accept-guard sequence:2024-01-04.',
      ],
    });
    await numbered('2024-01-03', 7);
    expect(await takenBy()).toEqual({
      taken: ['2024-01-03', '2024-01-04', '2024-01-05', '2024-01-06'],
      told: [],
    });
    expect(await feeds.versions('weo', 'weo_id')).toHaveLength(6);
  });

  it('closes by the number, whatever the name of the delivery that brings it', async () => {
    await numbered('2024-01-01', 1);
    await numbered('2024-01-02', 3);
    await numbered('2024-01-03', 2);
    expect((await takenBy()).taken).toEqual(['2024-01-01', '2024-01-03', '2024-01-02']);
  });

  it('holds back its own source only', async () => {
    await numbered('2024-01-01', 1, 'MLP');
    await numbered('2024-01-02', 3, 'MLP');
    await numbered('2024-01-03', 100, 'Nova Prima');
    await plain('2024-01-04');
    const { taken, told } = await takenBy();
    expect(taken).toEqual(['2024-01-01', '2024-01-03', '2024-01-04']);
    expect(told).toEqual([
      expect.stringContaining('Delivery 2024-01-02 (sequence 3 of MLP) waits: sequence 2 is missing.'),
    ]);
  });

  it('does not let what waits stop the night, however wrong it is', async () => {
    await numbered('2024-01-01', 1);
    await numbered('2024-01-02', 3);
    await feeds.folder.deliver('2024-01-03', { 'manifest.json': '{' });
    expect((await takenBy()).taken).toEqual(['2024-01-01']);
    await numbered('2024-01-02.2', 2);
    await expect(takenBy()).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('2024-01-03') as string,
    });
  });

  it('is none before a first number, and none where a delivery was passed over', async () => {
    await numbered('2024-01-01', 41);
    await numbered('2024-01-02', 42);
    await numbered('2024-01-03', 43);
    expect((await takenBy({ skipDeliveries: ['2024-01-02'] })).taken).toEqual(['2024-01-01', '2024-01-03']);
  });

  it('is passed by the word of the operator, which stays written down; the number may still come', async () => {
    await numbered('2024-01-01', 1);
    await numbered('2024-01-03', 3);
    const { taken, told } = await takenBy({ acceptGuards: ['sequence:2024-01-03'] });
    expect(taken).toEqual(['2024-01-01', '2024-01-03']);
    expect(told).toEqual([
      expect.stringMatching(
        /^GUARD_ACCEPTED: Delivery 2024-01-03 \(sequence 3\) was taken in although sequence 2 is missing\. \S+ accepted it with --accept-guard sequence:2024-01-03\.$/,
      ),
    ]);
    const kept = await feeds.database.rows('select run_id, guard from twe.guard_acceptance');
    expect(kept).toEqual([{ run_id: 'test', guard: 'sequence:2024-01-03' }]);
    await numbered('2024-01-02', 2);
    expect((await takenBy()).taken).toEqual(['2024-01-02']);
  });

  it('is no number that stands for two deliveries, or that is none', async () => {
    await numbered('2024-01-01', 1);
    await numbered('2024-01-02', 1);
    await expect(takenBy()).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining(
        'manifest.json: its sequence 1 is that of delivery 2024-01-01, which was taken in',
      ) as string,
    });
    for (const sequence of ['1', -1, 1.5]) {
      await feeds.folder.remove('2024-01-02');
      await numbered('2024-01-02', sequence);
      await expect(takenBy()).rejects.toMatchObject({
        exitCode: 3,
        message: expect.stringContaining('is not a whole number') as string,
      });
    }
  });
});
