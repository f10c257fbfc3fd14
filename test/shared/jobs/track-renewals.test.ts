import { describe, expect, test } from 'vitest';
import { toDay } from '../../../shared/basics/day.ts';
import { rollupRevenue } from '../../../shared/jobs/rollup-revenue.ts';
import { scoreAccounts } from '../../../shared/jobs/score-accounts.ts';
import { trackRenewals } from '../../../shared/jobs/track-renewals.ts';
import type { Warehouse } from '../../../shared/ports/warehouse.ts';
import { outboxMessages } from '../../../shared/publish/outbox-tables.ts';
import { partitionPath } from '../../../shared/publish/publication.ts';
import { readTable } from '../../../shared/publish/read-table.ts';
import {
  forecastSnapshots,
  forecastWalk,
  renewalForecast,
  renewalMilestones,
  renewalRates,
  renewals,
} from '../../../shared/publish/renewal-tables.ts';
import { revenueRollups } from '../../../shared/publish/revenue-tables.ts';
import type { Table } from '../../../shared/publish/table.ts';
import type { Tables } from '../../kit/company-folder.ts';
import { memoryEventBus } from '../../kit/memory-event-bus.ts';
import { type MemoryObjectStore, memoryObjectStore } from '../../kit/memory-object-store.ts';
import { company, portsOf } from '../../kit/scored-company.ts';

const HEAD =
  'contract_id,account_id,start_date,end_date,arr,currency,product,auto_renew,notice_days,cancelled_on,cancel_recorded_on,renewed_by,signed_on';

/** Contract lines in dollars: id, account, start, end, ARR, and what else is said, by column. */
const lines = (...rows: readonly (readonly [string, string, string, string, number, Said?])[]) => ({
  contracts: [
    HEAD,
    ...rows.map(([id, account, start, end, arr, said = {}]) =>
      [
        ...[id, account, start, end, arr, 'USD', said.product ?? 'Platform'],
        ...[said.auto_renew ?? '', said.notice_days ?? '', said.cancelled_on ?? ''],
        ...[said.cancel_recorded_on ?? '', said.renewed_by ?? '', said.signed_on ?? start],
      ].join(','),
    ),
  ].join('\n'),
});

type Said = Partial<
  Record<
    'product' | 'auto_renew' | 'cancelled_on' | 'cancel_recorded_on' | 'renewed_by' | 'signed_on',
    string
  >
> & {
  readonly notice_days?: number;
};

/** The company as the warehouse has it on a day: its revenue, and then its renewals. */
async function runOn(store: MemoryObjectStore, day: string, tables: Tables) {
  const { config, warehouse } = await company({ tables });
  const ports = portsOf(warehouse, store);
  const input = { asOf: toDay(day), config };
  await rollupRevenue.run(input, ports);
  return trackRenewals.run(input, ports);
}

const rowsOn = async <T extends Table>(store: MemoryObjectStore, table: T, day: string) =>
  (await readTable(store, table, { path: partitionPath(table.name, day) })) ?? [];

const untilFebruary = lines(['K-1', 'A-1', '2026-02-01', '2027-02-01', 120_000]);

describe('a forecast that finance can trust', () => {
  const sound = lines(
    ['K-1', 'A-1', '2026-02-01', '2027-02-01', 120_000, { product: 'Platform' }],
    ['K-2', 'A-1', '2026-05-01', '2027-02-01', 33_333.33, { product: 'Add-on' }],
    ['K-3', 'A-2', '2025-11-01', '2026-11-01', 60_000],
    ['K-4', 'A-3', '2026-06-01', '2027-06-01', 6_000.01],
  );

  test('adds up to the ARR of revenue_rollups, to the cent', async () => {
    const store = memoryObjectStore();
    const { manifest } = await runOn(store, '2026-11-22', sound);
    const [revenue] = (await rowsOn(store, revenueRollups, '2026-11-22')).filter(
      (row) => row.cut === 'all' && row.window_end === '2026-11-22' && row.is_default_method,
    );
    const live = (await rowsOn(store, renewals, '2026-11-22')).reduce(
      (sum, row) => sum + row.live_arr_cents,
      0,
    );
    // A-2 ended three weeks ago without a word: it is pending, and both count it.
    expect(live).toBe(21_933_334);
    expect(revenue?.closing_arr_cents).toBe(live);
    expect(manifest.summary).toMatchObject({ live_arr_cents: live, renewals: 4 });
  });

  test('waits for revenue: without that of the day nothing is written', async () => {
    const { config, warehouse } = await company({ tables: sound });
    const store = memoryObjectStore();
    const run = trackRenewals.run({ asOf: toDay('2026-11-22'), config }, portsOf(warehouse, store));
    await expect(run).rejects.toThrow(/rollup-revenue of 2026-11-22: found nothing published/);
    expect(store.objects.size).toBe(0);
  });

  test('is not made beside revenue by other definitions', async () => {
    const { config, warehouse } = await company({ tables: sound });
    const store = memoryObjectStore();
    const ports = portsOf(warehouse, store);
    const asOf = toDay('2026-11-22');
    const other = { ...config, churn: { ...config.churn, grace_days: 30 } };
    await rollupRevenue.run({ asOf, config: other }, ports);
    await expect(trackRenewals.run({ asOf, config }, ports)).rejects.toThrow(/--revision 2/);
  });

  test('is not published when contracts have changed since revenue was counted', async () => {
    const store = memoryObjectStore();
    const { config, warehouse } = await company({ tables: sound });
    const asOf = toDay('2026-11-22');
    await rollupRevenue.run({ asOf, config }, portsOf(warehouse, store));
    const changed = { ...sound, contracts: sound.contracts.replace('33333.33', '33333.34') };
    const { warehouse: later } = await company({ tables: changed });
    const before = new Set(store.objects.keys());
    const run = trackRenewals.run({ asOf, config }, portsOf(later, store));
    await expect(run).rejects.toThrow(/product Add-on: found ARR of 33333\.34; expected 33333\.33/);
    expect([...store.objects.keys()].filter((key) => !before.has(key))).toEqual([]);
  });

  test('is made anew when the revenue of the day is: what reconciled with one need not with it', async () => {
    const store = memoryObjectStore();
    await runOn(store, '2026-11-22', sound);
    const grown = { ...sound, contracts: sound.contracts.replace('120000', '150000') };
    const { config, warehouse } = await company({ tables: grown });
    const [asOf, ports] = [toDay('2026-11-22'), portsOf(warehouse, store)];
    await rollupRevenue.run({ asOf, config, revision: 2 }, ports);
    const again = await trackRenewals.run({ asOf, config }, ports);
    expect(again).toMatchObject({ computed: true, published: true });
    expect(again.manifest.summary.live_arr_cents).toBe(24_933_334);
  });

  test('the health of the account decides, where it was published', async () => {
    const store = memoryObjectStore();
    const { config, warehouse } = await company({ tables: sound });
    await scoreAccounts.run({ asOf: toDay('2026-11-22'), config }, portsOf(warehouse, store));
    await runOn(store, '2026-11-22', sound);
    const rows = await rowsOn(store, renewalForecast, '2026-11-22');
    expect(rows.find(({ contract_id }) => contract_id === 'K-1')).toMatchObject({
      ...{ health_on: '2026-11-22', basis: 'starting_table' },
    });
    expect(new Set(rows.map(({ band }) => band)).size).toBeGreaterThan(1);
  });
});

describe('the clock over days', () => {
  const milestonesOn = async (store: MemoryObjectStore, day: string) =>
    (await rowsOn(store, renewalMilestones, day)).map(
      ({ milestone_days, state }) => `${milestone_days} ${state}`,
    );
  const eventsTold = (store: MemoryObjectStore, day: string) =>
    rowsOn(store, renewalMilestones, day);

  test('fires once, though a run is missed and the date moves after it', async () => {
    const store = memoryObjectStore();
    await runOn(store, '2026-10-02', untilFebruary);
    expect(await milestonesOn(store, '2026-10-02')).toEqual([
      '120 ahead',
      '90 ahead',
      '60 ahead',
      '30 ahead',
    ]);
    // Due on Sunday the 4th; the next run is that of Monday.
    await runOn(store, '2026-10-05', untilFebruary);
    const [first] = await eventsTold(store, '2026-10-05');
    expect(first).toMatchObject({
      state: 'reached',
      milestone_on: '2026-10-04',
      says: 'due 1 day ago, reached by this run',
    });

    const later = lines(['K-1', 'A-1', '2026-02-01', '2027-03-01', 120_000]);
    await runOn(store, '2026-11-02', later);
    const [moved] = await rowsOn(store, renewals, '2026-11-02');
    expect(moved).toMatchObject({
      ...{ renewal_id: 'K-1@2027-02-01', term_end: '2027-03-01', first_term_end: '2027-02-01' },
      ...{ moved_on: '2026-11-02', moved_from: '2027-02-01' },
    });
    expect(await milestonesOn(store, '2026-11-02')).toEqual([
      '120 done',
      '90 ahead',
      '60 ahead',
      '30 ahead',
    ]);
  });

  test('a term written over with the next is renewed in place, and a new renewal begins', async () => {
    const store = memoryObjectStore();
    const ending = lines(['K-1', 'A-1', '2025-11-10', '2026-11-10', 120_000]);
    const over = lines(['K-1', 'A-1', '2025-11-10', '2027-11-10', 90_000]);
    await runOn(store, '2026-11-08', ending);
    await runOn(store, '2026-11-12', over);
    await runOn(store, '2026-11-20', over);
    for (const day of ['2026-11-12', '2026-11-20']) {
      const rows = await rowsOn(store, renewals, day);
      expect(rows.map(({ renewal_id, state, how }) => [renewal_id, state, how])).toEqual([
        ['K-1@2027-11-10', 'open', 'ahead'],
        ['K-1@2026-11-10', 'renewed', 'in_place'],
      ]);
      expect(rows[1]).toMatchObject({ due_arr_cents: 12_000_000, renewed_arr_cents: 9_000_000 });
      const forecast = await rowsOn(store, renewalForecast, day);
      expect(forecast.find(({ quarter }) => quarter === '2026-Q4')).toMatchObject({
        ...{ category: 'won', expected_cents: 9_000_000, renewal_id: 'K-1@2026-11-10' },
      });
    }
  });
});

describe('the ledger of forecasts', () => {
  test('knows the outcome of what was renewed in place, and counts it in its quarter only', async () => {
    const store = memoryObjectStore();
    const over = lines(['K-1', 'A-1', '2025-06-10', '2027-06-10', 90_000]);
    await runOn(store, '2026-05-15', lines(['K-1', 'A-1', '2025-06-10', '2026-06-10', 120_000]));
    const { manifest } = await runOn(store, '2026-06-12', over);
    const settled = { actual_cents: 9_000_000, decided_on: '2026-06-12', horizon_days: 30 };
    expect(await rowsOn(store, forecastSnapshots, '2026-06-12')).toMatchObject([settled]);
    expect(manifest.summary).toMatchObject({ renewals: 2, forecast_renewals: 2 });
    expect(await rowsOn(store, renewals, '2026-06-12')).toHaveLength(2);

    await runOn(store, '2026-07-20', over);
    expect(await rowsOn(store, renewals, '2026-07-20')).toHaveLength(2);
    expect(await rowsOn(store, forecastSnapshots, '2026-07-20')).toMatchObject([settled]);
    const forecast = await rowsOn(store, renewalForecast, '2026-07-20');
    expect(forecast.map(({ quarter }) => quarter)).toEqual(['2027-Q2']);
  });

  const renewed = lines(
    ['K-1', 'A-1', '2025-11-15', '2026-11-15', 120_000, { renewed_by: 'K-2' }],
    ['K-2', 'A-1', '2026-11-15', '2027-11-15', 100_000, { signed_on: '2026-11-01' }],
  );
  const open = lines(['K-1', 'A-1', '2025-11-15', '2026-11-15', 120_000]);

  test('freezes at each horizon, never changes what is frozen, and adds what came of it', async () => {
    const store = memoryObjectStore();
    await runOn(store, '2026-08-20', open);
    const [frozen] = await rowsOn(store, forecastSnapshots, '2026-08-20');
    expect(frozen).toMatchObject({ horizon_days: 90, frozen_on: '2026-08-20', actual_cents: null });

    await runOn(store, '2026-08-21', open);
    expect(await rowsOn(store, forecastSnapshots, '2026-08-21')).toEqual(
      [{ ...frozen, as_of: undefined }].map(({ as_of: _, ...row }) => row),
    );
    await runOn(store, '2026-11-16', renewed);
    expect(await rowsOn(store, forecastSnapshots, '2026-11-16')).toEqual([
      { ...frozen, actual_cents: 10_000_000, decided_on: '2026-11-16' },
    ]);
  });

  test('the partition of an earlier day stays as it was', async () => {
    const store = memoryObjectStore();
    await runOn(store, '2026-11-01', open);
    const path = partitionPath(renewalForecast.name, '2026-11-01');
    const before = Buffer.from(store.objects.get(path)?.bytes ?? []).toString('base64');
    await runOn(store, '2026-11-16', renewed);
    expect(Buffer.from(store.objects.get(path)?.bytes ?? []).toString('base64')).toBe(before);
  });

  test('walks from about a week ago, and says so where there is no such forecast', async () => {
    const store = memoryObjectStore();
    const first = await runOn(store, '2026-11-08', open);
    expect(first.manifest.history.baseline).toBeNull();
    expect(await rowsOn(store, forecastWalk, '2026-11-08')).toEqual([]);
    await runOn(store, '2026-11-16', renewed);
    const walk = await rowsOn(store, forecastWalk, '2026-11-16');
    expect(walk.map(({ quarter }) => quarter)).toEqual(['2026-Q4', '2027-Q4', 'all']);
    expect(walk[0]).toMatchObject({
      ...{
        since: '2026-11-08',
        opening_cents: 9_840_000,
        won_cents: 160_000,
        closing_cents: 10_000_000,
      },
    });
  });
});

describe('what goes wrong in a warehouse', () => {
  const dueInQ4 = async (store: MemoryObjectStore, day: string) =>
    (await rowsOn(store, renewalForecast, day))
      .filter(({ quarter }) => quarter === '2026-Q4')
      .map(({ renewal_id, category, due_arr_cents }) => [renewal_id, category, due_arr_cents]);
  const until = (end: string, said: Said = {}) =>
    lines(['K-1', 'A-1', '2026-01-01', end, 120_000, said]);

  test('an end date that was a slip for a day is the same renewal again, and counts once', async () => {
    const store = memoryObjectStore();
    await runOn(store, '2026-11-10', until('2026-12-31'));
    await runOn(store, '2026-11-11', until('2027-12-31'));
    await runOn(store, '2026-11-12', until('2026-12-31'));
    await runOn(store, '2026-11-13', until('2026-12-31'));
    expect(await dueInQ4(store, '2026-11-13')).toEqual([
      ['K-1@2026-12-31', 'best_case', 12_000_000],
    ]);
  });

  test('two weeks on top after the end are the same renewal, late', async () => {
    const store = memoryObjectStore();
    await runOn(store, '2026-11-08', until('2026-11-10'));
    await runOn(store, '2026-11-13', until('2026-11-24'));
    expect(await dueInQ4(store, '2026-11-13')).toEqual([
      ['K-1@2026-11-10', 'best_case', 12_000_000],
    ]);
  });

  test('a notice that is taken back leaves one frozen forecast, and no loss', async () => {
    const store = memoryObjectStore();
    const notice = { cancelled_on: '2027-01-20', cancel_recorded_on: '2026-11-20' };
    await runOn(store, '2026-11-19', until('2027-01-20'));
    await runOn(store, '2026-11-21', until('2027-01-20', notice));
    await runOn(store, '2026-11-22', until('2027-01-20'));
    const rows = await rowsOn(store, forecastSnapshots, '2026-11-22');
    expect(rows).toMatchObject([{ horizon_days: 60, actual_cents: null, decided_on: null }]);
  });

  test('a line that is missing for a night keeps its identity, and its milestones', async () => {
    const store = memoryObjectStore();
    const other = ['K-2', 'A-2', '2026-01-01', '2027-09-01', 60_000] as const;
    const both = (end: string) => lines(['K-1', 'A-1', '2026-02-01', end, 120_000], other);
    await runOn(store, '2026-10-04', both('2027-02-01'));
    await runOn(store, '2026-10-05', both('2027-02-03'));
    await runOn(store, '2026-10-06', lines(other));
    const missing = await rowsOn(store, renewals, '2026-10-06');
    expect(missing.map(({ renewal_id, state }) => `${renewal_id} ${state}`)).toEqual([
      'K-2@2027-09-01 open',
      'K-1@2027-02-01 missing',
    ]);
    await runOn(store, '2026-10-07', both('2027-02-03'));
    const milestones = await rowsOn(store, renewalMilestones, '2026-10-07');
    expect(milestones.filter(({ milestone_days }) => milestone_days === 120)).toMatchObject([
      { renewal_id: 'K-1@2027-02-01', state: 'done' },
    ]);
  });

  test('an account that the contract has moved to does not hear its milestones again', async () => {
    const store = memoryObjectStore();
    await runOn(store, '2026-10-04', untilFebruary);
    const moved = lines(['K-1', 'A-2', '2026-02-01', '2027-02-01', 120_000]);
    await runOn(store, '2026-10-06', moved);
    const milestones = await rowsOn(store, renewalMilestones, '2026-10-06');
    expect(milestones.filter(({ milestone_days }) => milestone_days === 120)).toMatchObject([
      { account_id: 'A-2', state: 'done' },
    ]);
  });

  test('an exit within a term is due when it takes effect', async () => {
    const store = memoryObjectStore();
    const leaves = { cancelled_on: '2027-01-31', cancel_recorded_on: '2026-11-01' };
    await runOn(store, '2026-11-20', until('2028-12-31', leaves));
    expect(await rowsOn(store, renewalForecast, '2026-11-20')).toMatchObject([
      { quarter: '2027-Q1', due_on: '2027-01-31', category: 'lost', expected_cents: 0 },
    ]);
  });

  test('another reporting currency begins the history of money anew', async () => {
    const store = memoryObjectStore();
    await runOn(store, '2026-11-08', untilFebruary);
    const { config, warehouse } = await company({ tables: untilFebruary });
    const currency = { ...config.currency, reporting: 'EUR', rates: { USD: 0.5 } };
    const input = { asOf: toDay('2026-11-16'), config: { ...config, currency } };
    const ports = portsOf(warehouse, store);
    await rollupRevenue.run(input, ports);
    const { manifest } = await trackRenewals.run(input, ports);
    expect(manifest.summary).toMatchObject({ currency: 'EUR', due_arr_cents: 6_000_000 });
    expect(await rowsOn(store, forecastWalk, '2026-11-16')).toEqual([]);
  });

  test('observed rates know of renewals that were written over', async () => {
    const store = memoryObjectStore();
    const many = (end: string) =>
      lines(
        ...Array.from(
          { length: 40 },
          (_, at) => [`K-${at}`, 'A-1', '2025-09-01', at < 36 ? end : '2026-09-01', 1_200] as const,
        ),
      );
    await runOn(store, '2026-08-25', many('2026-09-01'));
    await runOn(store, '2026-09-03', many('2027-09-01'));
    await runOn(store, '2026-11-02', many('2027-09-01'));
    const [rate] = (await rowsOn(store, renewalRates, '2026-11-02')).filter(
      ({ band, horizon, renewals: n }) => band === 'unscored' && horizon === '30' && n > 0,
    );
    expect(rate).toMatchObject({ basis: 'observed', whole_renewals: 40, whole_rate: 0.9 });
  });
});

test('what nobody could hear is told by the next run that has a bus', async () => {
  const store = memoryObjectStore();
  const { config, warehouse } = await company({ tables: untilFebruary });
  for (const day of ['2026-10-04', '2026-10-05']) {
    const ports = portsOf(warehouse, store, null);
    await rollupRevenue.run({ asOf: toDay(day), config }, ports);
    await trackRenewals.run({ asOf: toDay(day), config }, ports);
  }
  const bus = memoryEventBus();
  const ports = portsOf(warehouse, store, bus);
  const input = { asOf: toDay('2026-10-06'), config };
  await rollupRevenue.run(input, ports);
  await trackRenewals.run(input, ports);
  const told = bus.events.map(({ type, metadata }) => `${metadata.asOf} ${type}`);
  expect(told.filter((one) => /Renewal/.test(one))).toEqual([
    '2026-10-04 RenewalMilestoneReached',
    '2026-10-04 RenewalsTracked',
    '2026-10-05 RenewalsTracked',
    '2026-10-06 RenewalsTracked',
  ]);
});

describe('mail to the owner', () => {
  test('is written on the day of a milestone, one for each owner, and on no other day', async () => {
    const store = memoryObjectStore();
    const tables = lines(
      ['K-1', 'A-1', '2026-02-01', '2027-02-01', 120_000],
      ['K-2', 'A-1', '2026-02-01', '2027-02-01', 30_000, { product: 'Add-on' }],
      ['K-3', 'A-3', '2026-02-01', '2027-02-01', 6_000],
    );
    await runOn(store, '2026-10-04', tables);
    const [mail, ...others] = await rowsOn(store, outboxMessages, '2026-10-04');
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      ...{ kind: 'renewal_digest', recipient: 'l.fischer@harbourline.example', copies: null },
    });
    expect(mail?.subject).toContain('$150K');
    const read = (name: string) =>
      Buffer.from(store.objects.get(`${mail?.folder}/${name}`)?.bytes ?? []).toString();
    expect(JSON.parse(read('message.json'))).toMatchObject({
      ...{ message_id: mail?.message_id, subject: mail?.subject },
      attachments: [{ filename: 'renewals.ics' }],
    });
    expect(read('message.txt')).toContain('Meridian Retail');
    expect(read('message.html')).toContain('Meridian Retail');
    await runOn(store, '2026-10-05', tables);
    expect(await rowsOn(store, outboxMessages, '2026-10-05')).toEqual([]);
  });

  test('says in the summary of whom nobody is known who could be told', async () => {
    const store = memoryObjectStore();
    const tables = lines(['K-3', 'A-3', '2026-02-01', '2027-02-01', 6_000]);
    const { manifest } = await runOn(store, '2026-10-04', tables);
    expect(manifest.summary).toMatchObject({ mails_planned: 0, milestones_without_address: 1 });
  });
});

test('every answer that is streamed is let go of, though accounts end before it does', async () => {
  const known = Array.from(
    { length: 200 },
    (_, index) => `O-${index},A-1,renewal,Proposal,120000,USD`,
  );
  const opportunities = [
    'opportunity_id,account_id,kind,stage,amount,currency',
    ...known,
    'O-of-nobody,Z-9,renewal,Proposal,120000,USD',
  ].join('\n');
  const { config, warehouse } = await company({ tables: { ...untilFebruary, opportunities } });
  const begun: string[] = [];
  const open = new Set<string>();
  const watched: Warehouse = {
    ...warehouse,
    async *stream(query) {
      begun.push(query.name);
      open.add(query.name);
      try {
        yield* warehouse.stream(query);
      } finally {
        open.delete(query.name);
      }
    },
  };
  const ports = portsOf(watched, memoryObjectStore());
  const input = { asOf: toDay('2026-11-22'), config };
  await rollupRevenue.run(input, ports);
  await trackRenewals.run(input, ports);
  expect(begun).toContain('renewal-opportunities');
  expect([...open]).toEqual([]);
});
