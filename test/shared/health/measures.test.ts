import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundTo } from '../../../shared/basics/ratio.ts';
import {
  defaultDimensions,
  type Knot,
  type MeasureId,
} from '../../../shared/config/default-model.ts';
import { type AccountRow, camelCase, features } from '../../../shared/features/account-row.ts';
import { pointsOnCurve } from '../../../shared/health/curve.ts';
import { measures } from '../../../shared/health/measures/index.ts';
import { healthyAccount } from '../../kit/healthy-account.ts';
import { anyAccount, anyDay, anyFeature } from './measures/any-account.ts';
import { monthly } from './measures/judge-cases.ts';

const root = join(import.meta.dirname, '../../..');
const scoring = readFileSync(join(root, 'docs/scoring.md'), 'utf8');

const weighed = new Map<string, { readonly weight: number; readonly curve: readonly Knot[] }>(
  Object.values(defaultDimensions).flatMap(({ measures: part }) => Object.entries(part)),
);
const ids = Object.keys(measures) as MeasureId[];

/** Points as the scorer gives them; null when unknown. */
const pointsOf = (id: MeasureId, account: AccountRow): number | null => {
  const verdict = measures[id].judge(account, monthly);
  return verdict.status === 'observed'
    ? pointsOnCurve(weighed.get(id)?.curve ?? [], roundTo(verdict.value, 4))
    : null;
};

test('the registry and the model name the same measures in the same order', () => {
  expect(ids).toEqual([...weighed.keys()]);
  expect(Object.values(measures).map(({ id }) => id)).toEqual(ids);
});

test.each(ids)('%s gives a healthy account full points', (id) => {
  expect(pointsOf(id, healthyAccount)).toBe(100);
});

test.each(ids)('%s has a weight and a curve', (id) => {
  expect(weighed.get(id)?.weight).toBeGreaterThan(0);
  expect(weighed.get(id)?.curve.length).toBeGreaterThan(1);
});

test.each(Object.keys(defaultDimensions))('the measures of %s have a file of cases', (id) => {
  // What is in it is tried there: no measure of the dimension may go without.
  expect(existsSync(join(import.meta.dirname, `measures/${id}.test.ts`))).toBe(true);
});

test('each measure has a paragraph in docs/scoring.md, with its weight and question', () => {
  const told = [...scoring.matchAll(/^\*\*(\w+) \((\d+)\)\.\*\* \*([^*]+)\*.*?^$/gms)];
  expect(told.map(([, id, weight, question]) => `${id} ${weight} ${question}`)).toEqual(
    ids.map((id) => `${id} ${weighed.get(id)?.weight} ${measures[id].question}`),
  );
  // Question, formula, why, source: a paragraph without the last is not finished.
  expect(told.filter(([text]) => !/Source:/.test(text)).map(([, id]) => id)).toEqual([]);
});

test('each dimension stands in docs/scoring.md with its weight', () => {
  const told = [...scoring.matchAll(/^### (\w+) \((\d+)\)$/gm)].map(([, name, weight]) => [
    name?.toLowerCase(),
    Number(weight),
  ]);
  expect(told).toEqual(Object.entries(defaultDimensions).map(([id, { weight }]) => [id, weight]));
});

/** For each measure: its features, and which way is good; a later day is more. */
const better: Record<MeasureId, Partial<Record<keyof AccountRow, 'more' | 'less'>>> = {
  usage_trend: {
    sessionsWeek1: 'more',
    sessionsWeek2: 'more',
    sessionsWeek3: 'more',
    sessionsWeek4: 'more',
  },
  active_days: { activeDays28d: 'more' },
  seat_use: { activeUsersPeak28d: 'more' },
  user_trend: { userDays28d: 'more' },
  feature_depth: { featuresPerActiveDay28d: 'more' },
  feature_breadth: { featuresUsed28d: 'more' },
  team_spread: { teamsPeak28d: 'more' },
  outcomes_met: { outcomeProgress: 'more' },
  plan_reviewed: { planReviewedOn: 'more' },
  value_review: { lastValueReviewOn: 'more' },
  sponsor_in_place: { sponsorsActive: 'more' },
  champion_in_place: { championsActive: 'more' },
  contact_recency: { lastTouchOn: 'more' },
  contact_breadth: { attendeeRoles180d: 'more' },
  nps: { npsPromoters180d: 'more', npsDetractors180d: 'less' },
  csat: { csat180d: 'more' },
  open_detractors: { npsDetractorsOpen: 'less' },
  advocacy: { advocacy365d: 'more' },
  severe_tickets: { severeTicketsOpen: 'less' },
  support_trend: { ticketsOpened28d: 'less' },
  first_response: { responsesMet90d: 'more' },
  ticket_csat: { ticketCsat90d: 'more' },
  escalations: { escalationsOpen: 'less' },
  arr_trend: { arrCents: 'more' },
  discount_depth: { deepestDiscountPct: 'less' },
  overdue_invoices: { oldestOverdueOn: 'more' },
  commitment_fit: { entitlementUse: 'more' },
  milestones_on_time: { milestonesOnTime: 'more' },
  milestones_overdue: { milestonesOverdue: 'less' },
  training_recent: { completions365d: 'more' },
  admin_trained: { adminCompletions365d: 'more' },
};

const typeOf = new Map(features.map(({ name, type }) => [camelCase(name), type]));
const directions = Object.entries(better).flatMap(([id, fields]) =>
  Object.entries(fields).map(([field, good]) => [id as MeasureId, field, good] as const),
);

describe('for any account', () => {
  test.each(directions)('%s never loses points when %s gets better (%s)', (id, field, good) => {
    const type = typeOf.get(field) ?? 'count';
    const value = (type === 'day' ? anyDay : anyFeature[type]).filter((some) => some !== null);
    // Half of them healthy but for the one field, so that most are known.
    const account = fc.oneof(fc.constant(healthyAccount), anyAccount);
    fc.assert(
      fc.property(account, value, value, (base, one, other) => {
        const [low, high] = (one as number) <= (other as number) ? [one, other] : [other, one];
        const atLow = pointsOf(id, { ...base, [field]: low });
        const atHigh = pointsOf(id, { ...base, [field]: high });
        if (atLow === null || atHigh === null) return true;
        return good === 'more' ? atLow <= atHigh : atLow >= atHigh;
      }),
      { numRuns: 300 },
    );
  });

  test.each(ids)('%s gives 0 to 100 points, and says why in one clean line', (id) => {
    fc.assert(
      fc.property(anyAccount, fc.integer({ min: 1, max: 400 }), (account, touchDays) => {
        const verdict = measures[id].judge(account, { ...monthly, touchDays });
        const said = verdict.status === 'observed' ? verdict.evidence : verdict.reason;
        expect(said).toMatch(/^[^\p{Cc}]{3,250}$/u);
        expect(said).not.toMatch(/NaN|undefined|null/);
        if (verdict.status === 'unknown') return;
        expect(verdict.value).not.toBeNaN();
        const points = pointsOnCurve(weighed.get(id)?.curve ?? [], roundTo(verdict.value, 4));
        expect(points).toBeGreaterThanOrEqual(0);
        expect(points).toBeLessThanOrEqual(100);
      }),
      { numRuns: 200 },
    );
  });
});
