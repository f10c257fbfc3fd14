import { describe, expect, test } from 'vitest';
import { addDays } from '../../../../shared/basics/day.ts';
import { defaultVariants } from '../../../../shared/config/default-model.ts';
import { modelField, type Stage } from '../../../../shared/config/model.ts';
import type { AccountRow } from '../../../../shared/features/account-row.ts';
import { pointsOnCurve } from '../../../../shared/health/curve.ts';
import { measures } from '../../../../shared/health/measures/index.ts';
import { resolveModels } from '../../../../shared/health/resolved-model.ts';
import { healthyAccount } from '../../../kit/healthy-account.ts';
import { monthly } from './judge-cases.ts';

const segments = ['enterprise', 'mid_market', 'smb'];
const modelOf = resolveModels(modelField.parse({}), segments);

/** Points and known share of weight of an account, before any gate. */
function worth(account: AccountRow, segment: string, stage: Stage) {
  const judged = modelOf(segment, stage).map(({ id, weight, curve }) => {
    const verdict = measures[id].judge(account, monthly);
    return verdict.status === 'observed'
      ? { weight, known: weight, points: pointsOnCurve(curve, verdict.value) }
      : { weight, known: 0, points: 0 };
  });
  const sum = (part: (line: (typeof judged)[number]) => number) =>
    judged.reduce((total, line) => total + part(line), 0);
  const known = sum((line) => line.known);
  return {
    score: sum((line) => line.known * line.points) / known,
    coverage: known / sum((line) => line.weight),
  };
}

const daysOld = (days: number): Partial<AccountRow> => ({
  customerSince: addDays(healthyAccount.asOf, -days),
  arrYearAgoCents: 0,
});

/** What most accounts look like: nobody was asked, nothing escalated, nothing committed. */
const ordinary: Partial<AccountRow> = {
  npsResponses180d: 0,
  csat180d: null,
  ticketCsat90d: null,
  responsesDue90d: 0,
  deepestDiscountPct: null,
  entitlementUse: null,
  championsActive: 0,
  championsEver: 0,
};

/** Three weeks in: nothing due, nobody trained, no outcome to measure, no review of anything. */
const begun: Partial<AccountRow> = {
  ...ordinary,
  ...daysOld(21),
  milestonesDue: 0,
  milestonesOnTime: 0,
  milestonesDone: 0,
  completions365d: 0,
  adminCompletions365d: 0,
  lastCompletionOn: null,
  objectivesMeasured: 0,
  outcomeProgress: null,
  planReviewedOn: null,
  lastValueReviewOn: null,
  invoicesDue365d: 0,
};

const places: [segment: string, stage: Stage, ordinary: Partial<AccountRow>][] = segments.flatMap(
  (segment) => [
    [segment, 'onboarding', begun],
    [segment, 'adopting', ordinary],
    [segment, 'renewing', ordinary],
  ],
);

describe('the default variants', () => {
  test('name every weight of a stage, as parts of 100', () => {
    for (const { stages, weights } of defaultVariants) {
      if (stages === undefined) continue;
      expect(Object.keys(weights).sort()).toEqual(Object.keys(measures).sort());
      expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBe(100);
    }
  });

  test.each(places)('a healthy %s account that is %s reaches 100, all known', (segment, stage) => {
    const account = stage === 'onboarding' ? { ...healthyAccount, ...daysOld(60) } : healthyAccount;
    expect(worth(account, segment, stage).score).toBeCloseTo(100, 9);
    expect(worth(account, segment, stage).coverage).toBeCloseTo(1, 9);
  });

  test.each(places)('an ordinary %s account that is %s can be scored', (segment, stage, usual) => {
    const { coverage } = worth({ ...healthyAccount, ...usual }, segment, stage);
    expect(coverage).toBeGreaterThanOrEqual(0.5);
  });

  test('what cannot be known in the first weeks weighs nothing then', () => {
    const asked = modelOf('enterprise', 'onboarding').map(({ id }) => id);
    const newcomer = { ...healthyAccount, ...daysOld(30), lastValueReviewOn: null };
    const blind = asked.filter((id) => measures[id].judge(newcomer, monthly).status === 'unknown');
    expect(blind).toEqual([]);
  });

  test.each([
    ['onboarding', 'milestones_overdue'],
    ['onboarding', 'milestones_on_time'],
    ['onboarding', 'training_recent'],
    ['onboarding', 'contact_recency'],
    ['renewing', 'sponsor_in_place'],
    ['renewing', 'outcomes_met'],
    ['renewing', 'value_review'],
    ['renewing', 'arr_trend'],
    ['renewing', 'nps'],
  ] as const)('%s weighs %s more than the years between', (stage, id) => {
    const weightOf = (at: Stage) =>
      modelOf('enterprise', at).find((measure) => measure.id === id)?.weight ?? 0;
    expect(weightOf(stage)).toBeGreaterThan(weightOf('adopting'));
  });

  test('a self-serve account is not asked for sponsors, reviews or agreed outcomes', () => {
    const asked = (['onboarding', 'adopting', 'renewing'] as const).flatMap((stage) =>
      modelOf('smb', stage).map(({ id }) => id),
    );
    expect(asked).not.toContain('sponsor_in_place');
    expect(asked).not.toContain('value_review');
    expect(asked).not.toContain('outcomes_met');
  });
});
