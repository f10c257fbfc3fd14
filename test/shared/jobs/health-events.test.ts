import { describe, expect, test } from 'vitest';
import { addDays, type Day, toDay } from '../../../shared/basics/day.ts';
import type { Config } from '../../../shared/config/schema.ts';
import { scoreAccounts } from '../../../shared/jobs/score-accounts.ts';
import type { BusEvent } from '../../../shared/ports/event-bus.ts';
import type { ObjectStore } from '../../../shared/ports/object-store.ts';
import type { Warehouse } from '../../../shared/ports/warehouse.ts';
import { partitionPath } from '../../../shared/publish/publication.ts';
import { readTable } from '../../../shared/publish/read-table.ts';
import { riskFlags } from '../../../shared/publish/risk-tables.ts';
import type { Table } from '../../../shared/publish/table.ts';
import { accountHealth, healthMovements, segmentHealth } from '../../../shared/publish/tables.ts';
import { soundTables } from '../../kit/company-folder.ts';
import { memoryEventBus } from '../../kit/memory-event-bus.ts';
import { memoryObjectStore } from '../../kit/memory-object-store.ts';
import { asOf, company, portsOf } from '../../kit/scored-company.ts';

const rowsOn = async <T extends Table>(store: ObjectStore, table: T, day: Day) =>
  (await readTable(store, table, { path: partitionPath(table.name, day) })) ?? [];

interface Setting {
  readonly config: Config;
  readonly warehouse: Warehouse;
}

/** What a run tells, its own outcome beside it. */
const tell = async ({ config, warehouse }: Setting, store: ObjectStore, day: Day, revision = 1) => {
  const bus = memoryEventBus();
  const ports = portsOf(warehouse, store, bus);
  const outcome = await scoreAccounts.run({ asOf: day, config, revision }, ports);
  return { events: bus.events, outcome };
};

const ofType = (events: readonly BusEvent[], type: string) =>
  events.filter((event) => event.type === type).map(({ data }) => data);

/** A-1 has a critical ticket from the eighteenth to the twentieth; its sponsor leaves on the sixteenth. */
const troubled = {
  support_tickets: `${soundTables.support_tickets.split('\n')[0]}
T-1,A-1,2026-11-18 09:00:00,2026-11-20 10:00:00,critical,2026-11-18 09:10:00,2026-11-18 13:00:00,
T-2,A-1,2026-11-01 09:00:00,2026-11-02 10:00:00,low,2026-11-01 09:10:00,2026-11-01 13:00:00,5`,
  contacts: soundTables.contacts.replace(
    'P-1,A-1,executive_sponsor,2025-01-01,',
    'P-1,A-1,executive_sponsor,2025-01-01,2026-11-16',
  ),
};

/** Every account is scored, and by borders that a test may move. */
const touchy = (config: Config, green = 70): Config => ({
  ...config,
  model: {
    ...config.model,
    bands: { green, yellow: green - 15 },
    hysteresis: 0,
    minimum_coverage: 0,
  },
});

describe('the events of score-accounts', () => {
  test('of a first run are its end alone', async () => {
    const { events, outcome } = await tell(await company(), memoryObjectStore(), asOf);
    expect(events.map(({ type }) => type)).toEqual(['AccountsScored']);
    expect(outcome.events).toEqual({ planned: 1, delivered: 1 });
  });

  test('say day by day what the tables say, and nothing else', async () => {
    const { config, warehouse } = await company({ tables: troubled });
    const store = memoryObjectStore();
    const told: string[] = [];
    for (const day of Array.from({ length: 8 }, (_, n) => addDays(toDay('2026-11-15'), n))) {
      const green = day < '2026-11-18' ? 70 : 100;
      const { events } = await tell({ config: touchy(config, green), warehouse }, store, day);
      if (day === '2026-11-15') continue;

      const moves = await rowsOn(store, healthMovements, day);
      const changed = moves.filter(
        (row) => row.since === 'last_run' && row.from_band !== row.to_band,
      );
      expect(ofType(events, 'HealthBandChanged').map(bandWords)).toEqual(
        changed.map((row) => `${row.account_id}: ${row.from_band} to ${row.to_band}`),
      );

      const flags = await rowsOn(store, riskFlags, day);
      const raised = flags.filter(({ state }) => state === 'new' || state === 'reopened');
      expect(ofType(events, 'ChurnRiskFlagged').map(flagWords)).toEqual(
        raised.map((row) => `${row.account_id}: ${row.flag} ${row.state}`),
      );
      const gone = raised.filter(({ flag }) => flag === 'sponsor_gone');
      expect(ofType(events, 'SponsorLeft').map(({ accountId }) => accountId)).toEqual(
        gone.map(({ account_id }) => account_id),
      );
      const cleared = flags.filter((row) => row.state === 'cleared' && row.cleared_on === day);
      expect(ofType(events, 'ChurnRiskCleared').map(flagWords)).toEqual(
        cleared.map((row) => `${row.account_id}: ${row.flag} undefined`),
      );
      told.push(...events.map(({ type }) => type));
      expect(events.at(-1)?.type).toBe('AccountsScored');
      expect(new Set(events.map(({ metadata }) => metadata.id)).size).toBe(events.length);
    }
    // Otherwise the comparisons above would have held for want of events.
    for (const type of [
      'HealthBandChanged',
      'ChurnRiskFlagged',
      'ChurnRiskCleared',
      'SponsorLeft',
    ]) {
      expect(told, type).toContain(type);
    }
  });

  test('name owners and money, and never a customer', async () => {
    const made = await company({ tables: troubled });
    const setting = { ...made, config: touchy(made.config) };
    const store = memoryObjectStore();
    await tell(setting, store, toDay('2026-11-16'));
    const { events } = await tell(setting, store, toDay('2026-11-19'));
    const flagged = ofType(events, 'ChurnRiskFlagged').find(({ flag }) => flag === 'severe_ticket');
    expect(flagged).toMatchObject({
      ...{ accountId: 'A-1', category: 'product_issue', severity: 'high', state: 'new' },
      ...{ arrCents: 24_000_000, currency: 'USD', ownerEmail: 'l.fischer@harbourline.example' },
      ...{ play: expect.any(String), dueOn: expect.any(String), heldBecause: null },
    });
    expect(JSON.stringify(events)).not.toMatch(/Meridian|Corvid|Vireo/);
  });

  test('of another revision of the day have the same ids for the same facts', async () => {
    const made = await company({ tables: troubled });
    const setting = { ...made, config: touchy(made.config) };
    const store = memoryObjectStore();
    await tell(setting, store, toDay('2026-11-16'));
    const day = toDay('2026-11-19');
    const [first, second] = [await tell(setting, store, day), await tell(setting, store, day, 2)];
    const idsOf = ({ events }: typeof first) => events.map(({ metadata }) => metadata.id);
    expect(idsOf(first).length).toBeGreaterThan(1);
    // Each run has an end of its own: its manifest is another one.
    expect(idsOf(second).slice(0, -1)).toEqual(idsOf(first).slice(0, -1));
    expect(idsOf(second).at(-1)).not.toBe(idsOf(first).at(-1));
  });

  test('tell of an account that has left the warehouse, for its flags', async () => {
    const made = await company({ tables: troubled });
    const store = memoryObjectStore();
    await tell(made, store, toDay('2026-11-20'));
    const accounts = soundTables.accounts.replace(/^A-1,.*\n/m, '');
    const contracts = soundTables.contracts.replace(/^C-1,.*\n/m, '');
    const { config, warehouse } = await company({ tables: { ...troubled, accounts, contracts } });
    const tolerant = { ...config, data_quality: { ...config.data_quality, orphan_share: 1 } };
    const { events } = await tell({ warehouse, config: tolerant }, store, toDay('2026-11-21'));
    expect(ofType(events, 'ChurnRiskCleared')).toContainEqual({
      ...{ accountId: 'A-1', flag: 'severe_ticket', raisedOn: '2026-11-20' },
      because: 'the account is no longer in accounts',
    });
  });

  test('are told while alerts are held, each with the reason', async () => {
    const { config, warehouse } = await company({ tables: troubled });
    const guarded = {
      ...touchy(config),
      drift_guard: { band_change_share: 0, fewest_accounts: 1, psi: null },
    };
    const store = memoryObjectStore();
    await tell({ config: guarded, warehouse }, store, toDay('2026-11-16'));
    const red = { ...guarded, model: { ...guarded.model, bands: { green: 100, yellow: 99.9 } } };
    const { events, outcome } = await tell({ config: red, warehouse }, store, toDay('2026-11-19'));
    const why = outcome.manifest.summary.alerts_held_because;
    expect(why).toMatch(/changed band/);
    const alerts = events.filter(({ data }) => 'heldBecause' in data);
    expect(alerts.length).toBeGreaterThan(1);
    for (const { data } of alerts) expect(data.heldBecause).toBe(why);
    expect(ofType(events, 'AccountsScored')).toMatchObject([{ alertsHeldBecause: why }]);
  });

  test('end with the figures of the run', async () => {
    const store = memoryObjectStore();
    const { events, outcome } = await tell(await company(), store, asOf);
    const { manifest } = outcome;
    const parts = (await rowsOn(store, segmentHealth, asOf)).filter(({ cut }) => cut === 'all');
    const bands = Object.fromEntries(
      parts.map((row) => [row.band, { customers: row.accounts, arrCents: row.arr_cents }]),
    );
    expect(events.at(-1)?.data).toEqual({
      accounts: (await rowsOn(store, accountHealth, asOf)).length,
      bands: expect.objectContaining(bands),
      changedBand: manifest.summary.changed_band,
      openFlags: manifest.summary.open_flags,
      degraded: manifest.degraded,
      alertsHeldBecause: null,
      currency: 'USD',
      manifest: `runs/score-accounts/${asOf}/${manifest.run_key}/manifest.json`,
    });
    expect(store.objects.has(String(events.at(-1)?.data.manifest))).toBe(true);
  });
});

const bandWords = ({ accountId, from, to }: BusEvent['data']) => `${accountId}: ${from} to ${to}`;
const flagWords = ({ accountId, flag, state }: BusEvent['data']) =>
  `${accountId}: ${flag} ${state}`;
