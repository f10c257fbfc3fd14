import { describe, expect, test } from 'vitest';
import { addDays } from '../../../shared/basics/day.ts';
import { type Config, configSchema } from '../../../shared/config/schema.ts';
import type { AccountRow } from '../../../shared/features/account-row.ts';
import { placerFor } from '../../../shared/health/placement.ts';
import { healthyAccount } from '../../kit/healthy-account.ts';

const { segments, motions, model } = configSchema.shape;
const config = {
  segments: segments.parse(undefined),
  motions: motions.parse(undefined),
  model: model.parse(undefined),
};

const { asOf } = healthyAccount;
const place = (change: Partial<AccountRow>, stages: Partial<Config['model']['stages']> = {}) => {
  const policy = { ...config.model, stages: { ...config.model.stages, ...stages } };
  return placerFor({ ...config, model: policy }, asOf)({ ...healthyAccount, ...change });
};

/** A customer for so many days, whose next decision is so many days away. */
const life = (tenure: number | null, decision: number | null): Partial<AccountRow> => ({
  customerSince: tenure === null ? null : addDays(asOf, -tenure),
  nextDecisionOn: decision === null ? null : addDays(asOf, decision),
});

describe('the stage of an account', () => {
  test.each<[string, tenure: number | null, decision: number | null, stage: string]>([
    ['on its first day', 0, 365, 'onboarding'],
    ['a customer for 89 days', 89, 365, 'onboarding'],
    ['a customer for 90 days', 90, 365, 'adopting'],
    ['121 days before its decision', 800, 121, 'adopting'],
    ['120 days before its decision', 800, 120, 'renewing'],
    ['on the day of its decision', 800, 0, 'renewing'],
    ['with nothing to decide', 800, null, 'adopting'],
    ['new, and soon to decide', 89, 30, 'onboarding'],
    ['a day later', 90, 30, 'renewing'],
    ['without a contract yet', null, null, 'adopting'],
  ])('%s', (_, tenure, decision, stage) => {
    expect(place(life(tenure, decision)).stage).toBe(stage);
  });

  test.each<[string, Partial<AccountRow>, string]>([
    ['30 days of onboarding are over', life(30, 365), 'adopting'],
    ['a decision 61 days away is far', life(800, 61), 'adopting'],
    ['and 60 days are near', life(800, 60), 'renewing'],
  ])('by the days of the config: %s', (_, change, stage) => {
    expect(place(change, { onboarding_days: 30, renewing_days: 60 }).stage).toBe(stage);
  });

  test('0 days leave a stage out', () => {
    expect(place(life(0, 365), { onboarding_days: 0 }).stage).toBe('adopting');
    expect(place(life(800, 1), { renewing_days: 0 }).stage).toBe('adopting');
  });
});

describe('the motion of an account', () => {
  test.each<[string, Partial<AccountRow>, string]>([
    ['its own, by a value of the config', { motionName: 'digital' }, 'self_serve'],
    ['its own, whatever its segment is', { motionName: 'Pooled' }, 'pooled'],
    ['that of its segment when it names none', { motionName: null }, 'high_touch'],
    ['that of its segment when the name is unknown', { motionName: 'VIP' }, 'high_touch'],
    ['another segment, another motion', { motionName: null, segmentName: 'SMB' }, 'self_serve'],
    [
      'a segment by ARR has one too',
      { motionName: null, segmentName: null, arrCents: 2_500_000 },
      'pooled',
    ],
  ])('%s', (_, change, motion) => {
    expect(place(change).motion).toBe(motion);
  });
});

test('the segment stands whole in the placement, with what is expected of it', () => {
  const { segment } = place({ segmentName: 'Mid-market' });
  expect(segment).toMatchObject({ id: 'mid_market', touch_days: 60, expects_outcomes: true });
});
