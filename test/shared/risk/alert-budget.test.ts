import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareUtf8 } from '../../../shared/basics/compare-utf8.ts';
import { toDay } from '../../../shared/basics/day.ts';
import { type RiskPolicy, riskField } from '../../../shared/config/risk.ts';
import { severities } from '../../../shared/config/risk-fields.ts';
import { flagIds } from '../../../shared/config/risk-flags.ts';
import { alertTally, HELD_EXAMPLES } from '../../../shared/risk/alert-budget.ts';
import type { RiskFlag } from '../../../shared/risk/triage.ts';
import { aRiskFlag } from './a-risk-flag.ts';

const byNumber = (a: number, b: number): number => a - b;

/** What a tally makes of accounts whose flags stand in rows one after the other. */
const finished = (
  tally: ReturnType<typeof alertTally>,
  rows: readonly RiskFlag[],
  heldByGuard: string | null = null,
) => {
  const { alerts, budgets } = tally.finish({ heldByGuard });
  const told = [...alerts].map((alert) => ({ ...alert, riskFlag: rows[alert.row] as RiskFlag }));
  expect(told.map(({ row }) => row)).toEqual(
    [...new Set(told.map(({ row }) => row))].sort(byNumber),
  );
  // As the owners read them.
  told.sort((a, b) => compareUtf8(a.ownerEmail, b.ownerEmail) || a.rank - b.rank);
  return { alerts: told, budgets };
};

const decided = (
  flags: readonly RiskFlag[],
  risk: Parameters<typeof riskField.parse>[0] = {},
  heldByGuard: string | null = null,
) => {
  const policy: RiskPolicy = riskField.parse(risk);
  const tally = alertTally(policy);
  for (const [row, flag] of flags.entries()) tally.add([flag], row);
  return finished(tally, flags, heldByGuard);
};

/** The row of the first flag of each account. */
const firstRows = (perAccount: readonly (readonly RiskFlag[])[]): number[] => {
  let rows = 0;
  return perAccount.map(({ length }) => {
    rows += length;
    return rows - length;
  });
};

const many = (count: number, change: Partial<RiskFlag> = {}): RiskFlag[] =>
  Array.from({ length: count }, (_, index) => ({
    ...aRiskFlag,
    accountId: `A-${String(index).padStart(4, '0')}`,
    arrCents: 1000 - index,
    ...change,
  }));

describe('the budget of an owner', () => {
  test('shows as many as it holds, the most ARR first, and says why', () => {
    const { alerts, budgets } = decided(many(100));
    expect(alerts.length).toBe(10 + HELD_EXAMPLES);
    expect(alerts[0]).toMatchObject({
      ...{ rank: 1, decision: 'shown', reason: 'within the budget of 10' },
      riskFlag: { accountId: 'A-0000' },
    });
    expect(alerts[10]).toMatchObject({
      ...{ rank: 11, decision: 'held', reason: 'beyond the budget of 10' },
      riskFlag: { accountId: 'A-0010' },
    });
    expect(budgets).toEqual([
      {
        ownerEmail: aRiskFlag.ownerEmail,
        budget: 10,
        openFlags: 100,
        shown: 10,
        heldByBudget: 90,
        heldByPlay: 0,
        heldByCooldown: 0,
        heldByGuard: 0,
        arrShownCents: 9955,
        arrHeldCents: 100 * 1000 - 4950 - 9955,
      },
    ]);
  });

  test('is used up by critical flags, which are shown even beyond it', () => {
    const flags = [...many(4), ...many(12, { severity: 'critical', flag: 'severe_ticket' })];
    const { alerts, budgets } = decided(flags);
    expect(budgets[0]).toMatchObject({ shown: 12, heldByBudget: 4, openFlags: 16 });
    expect(alerts[11]).toMatchObject({ decision: 'shown', reason: 'critical: always shown' });
    expect(alerts[12]).toMatchObject({ decision: 'held', reason: 'beyond the budget of 10' });
  });

  test('is their own where the config gives them one', () => {
    const { budgets } = decided(many(5), { alert_budgets: { [String(aRiskFlag.ownerEmail)]: 2 } });
    expect(budgets[0]).toMatchObject({ budget: 2, shown: 2, heldByBudget: 3 });
  });

  test('is not spent on what is quiet or cleared', () => {
    const until = 'cooldown until 2026-11-30';
    const { alerts, budgets } = decided([
      ...many(1, { quietBecause: 'play open' }),
      ...many(2, { quietBecause: until }),
      ...many(3, { state: 'cleared', clearedOn: toDay('2026-11-22') }),
    ]);
    expect(alerts).toEqual([]);
    expect(budgets[0]).toMatchObject({ openFlags: 3, heldByPlay: 1, heldByCooldown: 2, shown: 0 });
  });

  test('holds everything, critical flags too, while the run is in doubt', () => {
    const flags = [...many(2, { severity: 'critical' }), ...many(1, { quietBecause: 'play open' })];
    const { alerts, budgets } = decided(flags, {}, 'half the base changed band');
    expect(alerts.map(({ decision, reason }) => [decision, reason])).toEqual([
      ['held', 'half the base changed band'],
      ['held', 'half the base changed band'],
    ]);
    expect(budgets[0]).toMatchObject({ shown: 0, heldByGuard: 2, heldByPlay: 1, heldByBudget: 0 });
    expect(budgets[0]).toMatchObject({ arrShownCents: 0 });
  });

  test('puts new before ongoing, and counts the ARR of an account once', () => {
    const tally = alertTally(riskField.parse({ alert_budget: 2 }));
    const rows: RiskFlag[] = [
      { ...aRiskFlag, state: 'ongoing' },
      { ...aRiskFlag, flag: 'silence' },
      { ...aRiskFlag, accountId: 'A-2', arrCents: 5 },
    ];
    tally.add(rows.slice(0, 2), 0);
    tally.add(rows.slice(2), 2);
    const { alerts, budgets } = finished(tally, rows);
    expect(alerts.map(({ riskFlag: { accountId, flag } }) => [accountId, flag])).toEqual([
      ['A-1', 'silence'],
      ['A-2', 'usage_decline'],
      ['A-1', 'usage_decline'],
    ]);
    expect(budgets[0]).toMatchObject({ arrShownCents: 24_000_005, arrHeldCents: 0 });
  });

  test('belongs to nobody where an account has no owner', () => {
    expect(decided([{ ...aRiskFlag, ownerEmail: null }]).budgets[0]?.ownerEmail).toBe('(none)');
  });
});

/** Accounts with up to four flags each, of four owners. */
const anyAccounts = fc.array(
  fc.record({
    owner: fc.constantFrom('a@x', 'b@x', 'constructor', null),
    arr: fc.nat(5),
    flags: fc.uniqueArray(
      fc.record({
        flag: fc.constantFrom(...flagIds),
        severity: fc.constantFrom(...severities),
        state: fc.constantFrom(
          'new' as const,
          'ongoing' as const,
          'reopened' as const,
          'cleared' as const,
        ),
        quiet: fc.constantFrom(null, null, 'play open', 'cooldown until 2026-12-01'),
      }),
      { selector: ({ flag }) => flag, maxLength: 4 },
    ),
  }),
  { maxLength: 60 },
);

test('no budget is exceeded, nothing critical hidden, nothing lost, in whatever order they come', () => {
  fc.assert(
    fc.property(anyAccounts, fc.nat(8), (accounts, alert_budget) => {
      const perAccount = accounts.map(({ owner, arr, flags }, index) =>
        flags.map(({ flag, severity, state, quiet }) => ({
          ...aRiskFlag,
          ...{ accountId: `A-${index}`, ownerEmail: owner, arrCents: arr, flag, severity, state },
          quietBecause: severity === 'critical' || state === 'cleared' ? null : quiet,
        })),
      );
      const rows = firstRows(perAccount);
      const tallied = (order: readonly number[]) => {
        const tally = alertTally(riskField.parse({ alert_budget }));
        for (const at of order) tally.add(perAccount[at] ?? [], rows[at] ?? 0);
        return finished(tally, perAccount.flat());
      };
      const order = [...perAccount.keys()];
      const { alerts, budgets } = tallied(order);
      expect(tallied(order.toReversed())).toEqual({ alerts, budgets });

      const open = perAccount.flat().filter(({ state }) => state !== 'cleared');
      expect(budgets.reduce((sum, { openFlags }) => sum + openFlags, 0)).toBe(open.length);
      for (const budget of budgets) {
        const mine = alerts.filter(({ ownerEmail }) => ownerEmail === budget.ownerEmail);
        const shown = mine.filter(({ decision }) => decision === 'shown');
        const critical = open.filter(
          ({ ownerEmail, severity }) =>
            (ownerEmail ?? '(none)') === budget.ownerEmail && severity === 'critical',
        );
        const { heldByBudget, heldByPlay, heldByCooldown, heldByGuard } = budget;
        expect(budget.shown).toBe(shown.length);
        expect(shown.length).toBeLessThanOrEqual(Math.max(alert_budget, critical.length));
        expect(shown.filter(({ riskFlag }) => riskFlag.severity === 'critical').length).toBe(
          critical.length,
        );
        expect(shown.length + heldByBudget + heldByPlay + heldByCooldown + heldByGuard).toBe(
          budget.openFlags,
        );
        expect(mine.map(({ rank }) => rank)).toEqual(mine.map((_, index) => index + 1));
        expect(budget.arrHeldCents).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

/** All flags kept and sorted at once: what the tally must come to without keeping them. */
const byHand = (flags: readonly RiskFlag[], budget: number) => {
  const order = [...flags].sort(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      Number(a.state === 'ongoing') - Number(b.state === 'ongoing') ||
      b.arrCents - a.arrCents ||
      flags.indexOf(a) - flags.indexOf(b),
  );
  const critical = order.filter(({ severity }) => severity === 'critical').length;
  const shown = Math.max(budget, critical);
  return order
    .slice(0, shown + HELD_EXAMPLES)
    .map(({ accountId, flag }, at) => [accountId, flag, at < shown ? 'shown' : 'held']);
};

test('what is kept of the flags decides as all of them would, in one tally or in several', () => {
  fc.assert(
    fc.property(anyAccounts, fc.nat(4), fc.nat(3), (accounts, alert_budget, cuts) => {
      const perAccount = accounts.map(({ arr, flags }, index) =>
        flags.map(({ flag, severity, state }) => ({
          ...aRiskFlag,
          ...{ accountId: `A-${index}`, ownerEmail: 'a@x', arrCents: arr, flag, severity, state },
        })),
      );
      const policy = riskField.parse({ alert_budget });
      const whole = alertTally(policy);
      const length = Math.ceil(accounts.length / (cuts + 1)) || 1;
      for (let from = 0; from < accounts.length; from += length) {
        const part = alertTally(policy);
        const flags = perAccount.slice(from, from + length);
        const rows = firstRows(flags);
        for (const [at, own] of flags.entries()) part.add(own, rows[at] ?? 0);
        whole.absorb(structuredClone(part.counted()), perAccount.slice(0, from).flat().length);
      }
      const open = perAccount.flat().filter(({ state }) => state !== 'cleared');
      const told = finished(whole, perAccount.flat()).alerts.map(
        ({ riskFlag: { accountId, flag }, decision }) => {
          return [accountId, flag, decision];
        },
      );
      expect(told).toEqual(byHand(open, alert_budget));
    }),
  );
});
