import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toDay } from '../../../shared/basics/day.ts';
import { type RiskPolicy, riskField } from '../../../shared/config/risk.ts';
import { severities } from '../../../shared/config/risk-fields.ts';
import { flagIds } from '../../../shared/config/risk-flags.ts';
import { alertTally, HELD_EXAMPLES } from '../../../shared/risk/alert-budget.ts';
import type { RiskFlag } from '../../../shared/risk/triage.ts';
import { aRiskFlag } from './a-risk-flag.ts';

const decided = (
  flags: readonly RiskFlag[],
  risk: Parameters<typeof riskField.parse>[0] = {},
  heldByGuard: string | null = null,
) => {
  const policy: RiskPolicy = riskField.parse(risk);
  const tally = alertTally(policy);
  for (const flag of flags) tally.add([flag]);
  return tally.finish({ heldByGuard });
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
    tally.add([
      { ...aRiskFlag, state: 'ongoing' },
      { ...aRiskFlag, flag: 'silence' },
    ]);
    tally.add([{ ...aRiskFlag, accountId: 'A-2', arrCents: 5 }]);
    const { alerts, budgets } = tally.finish({ heldByGuard: null });
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
      const tallied = (order: readonly RiskFlag[][]) => {
        const tally = alertTally(riskField.parse({ alert_budget }));
        for (const flags of order) tally.add(flags);
        return tally.finish({ heldByGuard: null });
      };
      const { alerts, budgets } = tallied(perAccount);
      expect(tallied(perAccount.toReversed())).toEqual({ alerts, budgets });

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
