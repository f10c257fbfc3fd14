import { describe, expect, test } from 'vitest';
import { addDays, type Day, toDay } from '../../../shared/basics/day.ts';
import type { Config } from '../../../shared/config/schema.ts';
import { scoreAccounts } from '../../../shared/jobs/score-accounts.ts';
import type { ObjectStore } from '../../../shared/ports/object-store.ts';
import type { Warehouse } from '../../../shared/ports/warehouse.ts';
import { partitionPath } from '../../../shared/publish/publication.ts';
import { readTable } from '../../../shared/publish/read-table.ts';
import { flagAlerts, riskFlags } from '../../../shared/publish/risk-tables.ts';
import type { Table } from '../../../shared/publish/table.ts';
import { accountHealth, healthMovements, portfolioTrend } from '../../../shared/publish/tables.ts';
import { soundTables } from '../../kit/company-folder.ts';
import { memoryObjectStore } from '../../kit/memory-object-store.ts';
import { asOf, company, portsOf } from '../../kit/scored-company.ts';

const rowsOn = async <T extends Table>(store: ObjectStore, table: T, day: Day) =>
  (await readTable(store, table, { path: partitionPath(table.name, day) })) ?? [];

interface Setting {
  readonly config: Config;
  readonly warehouse: Warehouse;
}

const runOn = ({ config, warehouse }: Setting, store: ObjectStore, day: Day) =>
  scoreAccounts.run({ asOf: day, config }, portsOf(warehouse, store));

/** A company whose A-1 has a critical ticket from the eighteenth to the twentieth. */
const troubled = {
  support_tickets: `${soundTables.support_tickets.split('\n')[0]}
T-1,A-1,2026-11-18 09:00:00,2026-11-20 10:00:00,critical,2026-11-18 09:10:00,2026-11-18 13:00:00,
T-2,A-1,2026-11-01 09:00:00,2026-11-02 10:00:00,low,2026-11-01 09:10:00,2026-11-01 13:00:00,5`,
};

describe('a run that has a past', () => {
  test('names the runs it looked back on, and says what moved since', async () => {
    const setting = await company({ tables: troubled });
    const store = memoryObjectStore();
    const monthAgo = addDays(asOf, -27);
    const first = await runOn(setting, store, monthAgo);
    expect(first.manifest.history).toEqual({ last_run: null, baseline: null });
    expect(await rowsOn(store, healthMovements, monthAgo)).toEqual([]);

    await runOn(setting, store, addDays(asOf, -1));
    const { manifest } = await runOn(setting, store, asOf);
    expect(manifest.history.last_run?.as_of).toBe(addDays(asOf, -1));
    expect(manifest.history.baseline).toEqual({
      as_of: monthAgo,
      run_key: first.manifest.run_key,
    });
    const movements = await rowsOn(store, healthMovements, asOf);
    expect(movements.map(({ account_id, since }) => `${account_id} ${since}`)).toEqual(
      ['A-1', 'A-2', 'A-3'].flatMap((id) => [`${id} last_run`, `${id} 28_days`]),
    );
    for (const move of movements) {
      if (move.change === null) continue;
      const parts = [move.input, move.weight, move.configuration, move.coverage];
      const tenths = parts.reduce<number>((sum, part) => sum + Math.round((part ?? 0) * 10), 0);
      expect(tenths).toBe(Math.round(move.change * 10));
      const exact = Math.round(((move.to_score ?? 0) - (move.from_score ?? 0)) * 10);
      expect(Math.round(move.change * 10)).toBe(exact);
    }
    const days = (await rowsOn(store, portfolioTrend, asOf)).map(({ day }) => day);
    expect(days).toEqual([monthAgo, addDays(asOf, -1), asOf]);
  });

  test('thirteen days are too few for a trend, fourteen are enough', async () => {
    const { config, warehouse } = await company();
    const setting = {
      warehouse,
      config: { ...config, model: { ...config.model, minimum_coverage: 0 } },
    };
    for (const [daysAgo, trend] of [
      [13, 'insufficient data'],
      [14, 'stable'],
    ] as const) {
      const store = memoryObjectStore();
      await runOn(setting, store, addDays(asOf, -daysAgo));
      const { manifest } = await runOn(setting, store, asOf);
      expect(manifest.history.last_run).not.toBeNull();
      const [account] = await rowsOn(store, accountHealth, asOf);
      expect(account?.trend === 'insufficient data').toBe(trend === 'insufficient data');
    }
  });

  test('a day done again before a later one looks only at what lies before it', async () => {
    const setting = await company();
    const store = memoryObjectStore();
    await runOn(setting, store, asOf);
    const { manifest } = await runOn(setting, store, addDays(asOf, -1));
    expect(manifest.history).toEqual({ last_run: null, baseline: null });
  });

  test('other weights are told as weight, and nothing else', async () => {
    const { config, warehouse } = await company();
    const store = memoryObjectStore();
    await runOn({ config, warehouse }, store, addDays(asOf, -1));
    const [first, ...rest] = config.model.variants;
    const variants = [...rest, { ...first, stages: undefined, weights: { nps: 40 }, curves: {} }];
    const changed = { ...config, model: { ...config.model, variants } } as Config;
    // Nothing but the model may differ, so the same day is scored again, as the day after.
    await runOn({ config: changed, warehouse }, store, asOf);
    const moves = (await rowsOn(store, healthMovements, asOf)).filter(({ change }) => change);
    expect(moves.length).toBeGreaterThan(0);
    for (const { configuration } of moves) expect(configuration).toBe(0);
    expect(moves.some(({ weight }) => weight !== 0)).toBe(true);
  });
});

describe('the life of a flag over ten days', () => {
  const days = Array.from({ length: 10 }, (_, index) => addDays(toDay('2026-11-13'), index));

  test('is what the tables say, day by day, in whatever order runs are repeated', async () => {
    const setting = await company({ tables: troubled });
    const store = memoryObjectStore();
    const lives: string[][] = [];
    for (const day of days) {
      await runOn(setting, store, day);
      await runOn(setting, store, day);
      const flags = await rowsOn(store, riskFlags, day);
      const keys = flags.map(({ account_id, flag }) => `${account_id} ${flag}`);
      expect(new Set(keys).size, `${day}: a flag both open and cleared`).toBe(keys.length);
      const mine = flags.filter((row) => row.account_id === 'A-1' && row.flag === 'severe_ticket');
      lives.push(mine.map(({ state, raised_on }) => `${state} ${raised_on}`));
    }
    // Opened on the eighteenth, so known on the nineteenth; closed on the twentieth, known a day later.
    expect(lives).toEqual([
      ...Array.from({ length: 6 }, () => []),
      ['new 2026-11-19'],
      ['ongoing 2026-11-19'],
      ['cleared 2026-11-19'],
      ['cleared 2026-11-19'],
    ]);
  });

  test('an account that leaves the warehouse takes its flags with it, and that is told', async () => {
    const setting = await company({ tables: troubled });
    const store = memoryObjectStore();
    await runOn(setting, store, toDay('2026-11-20'));
    const accounts = soundTables.accounts.replace(/^A-1,.*\n/m, '');
    const contracts = soundTables.contracts.replace(/^C-1,.*\n/m, '');
    const without = await company({ tables: { ...troubled, accounts, contracts } });
    const { config } = without;
    const tolerant = { ...config, data_quality: { ...config.data_quality, orphan_share: 1 } };
    await runOn({ ...without, config: tolerant }, store, toDay('2026-11-21'));
    const flags = await rowsOn(store, riskFlags, toDay('2026-11-21'));
    expect(flags).toContainEqual(
      expect.objectContaining({
        account_id: 'A-1',
        flag: 'severe_ticket',
        state: 'cleared',
        cleared_because: 'the account is no longer in accounts',
      }),
    );
  });

  test('a source that goes missing clears nothing', async () => {
    const setting = await company({ tables: troubled });
    const store = memoryObjectStore();
    await runOn(setting, store, toDay('2026-11-20'));
    const { support_tickets: _gone, ...sources } = setting.config.sources;
    const blind = { ...setting.config, sources } as Config;
    await runOn({ ...setting, config: blind }, store, toDay('2026-11-21'));
    const flags = await rowsOn(store, riskFlags, toDay('2026-11-21'));
    expect(flags).toContainEqual(
      expect.objectContaining({
        account_id: 'A-1',
        flag: 'severe_ticket',
        state: 'ongoing',
        unconfirmed: 'support_tickets is not configured',
      }),
    );
  });
});

describe('a run that has changed too much at once', () => {
  test('holds its alerts, says why, and moves the pointer all the same', async () => {
    const { config, warehouse } = await company({ tables: troubled });
    const store = memoryObjectStore();
    const guarded = {
      ...config,
      drift_guard: { band_change_share: 0, fewest_accounts: 1, psi: null },
    };
    await runOn({ config: guarded, warehouse }, store, toDay('2026-11-20'));
    const bands = { green: 100, yellow: 99.9 };
    const red = { ...guarded, model: { ...guarded.model, bands, hysteresis: 0 } };
    const outcome = await runOn({ config: red, warehouse }, store, toDay('2026-11-21'));
    expect(outcome.latest).toBe(true);
    expect(outcome.manifest.summary).toMatchObject({
      alerts_held: true,
      shown_flags: 0,
      alerts_held_because: expect.stringMatching(/of \d accounts changed band since the last run/),
    });
    const alerts = await rowsOn(store, flagAlerts, toDay('2026-11-21'));
    expect(alerts.length).toBeGreaterThan(0);
    expect(new Set(alerts.map(({ decision }) => decision))).toEqual(new Set(['held']));
  });
});
