import { z } from 'zod';

const idField = z.string().regex(/^[a-z][a-z0-9_]*$/, 'expected a snake_case id');

const rateField = z.number().min(0).max(3);

/** A segment by value: who belongs to it, how it is covered, and what is expected of it. */
export const segmentField = z.strictObject({
  id: idField,
  name: z.string().min(1),
  values: z
    .array(z.string())
    .default([])
    .describe('Values of accounts.segment that mean this one.'),
  arr_at_least: z
    .number()
    .min(0)
    .default(0)
    .describe(
      'For accounts without a known value: ARR in the reporting currency from which on it applies.',
    ),
  motion: z
    .string()
    .default('pooled')
    .describe('The motion of its accounts that name none themselves; an id of motions.'),
  touch_days: z
    .number()
    .int()
    .min(1)
    .default(90)
    .describe('Days between two talks with a customer, as the coverage model has it.'),
  expects_outcomes: z
    .boolean()
    .default(false)
    .describe('Its accounts are to have a success plan with outcomes that are measured.'),
  capacity: z
    .strictObject({
      accounts: z
        .number()
        .int()
        .min(1)
        .default(60)
        .describe('Accounts that one CSM can look after.'),
      arr: z.number().min(1).default(3_000_000).describe('ARR that one CSM can look after.'),
    })
    .prefault({}),
  targets: z
    .strictObject({
      nrr: rateField.default(1.05).describe('Net revenue retention to reach; 1 is 100 %.'),
      grr: rateField.max(1).default(0.9).describe('Gross revenue retention to reach.'),
    })
    .prefault({}),
});

/** By value; the numbers are common practice in B2B software, to be replaced by one's own. */
export const defaultSegments: readonly z.input<typeof segmentField>[] = [
  {
    id: 'enterprise',
    name: 'Enterprise',
    values: ['Enterprise'],
    arr_at_least: 150_000,
    motion: 'high_touch',
    touch_days: 30,
    expects_outcomes: true,
    capacity: { accounts: 25, arr: 6_000_000 },
    targets: { nrr: 1.15, grr: 0.95 },
  },
  {
    id: 'mid_market',
    name: 'Mid-market',
    values: ['Mid-market'],
    arr_at_least: 25_000,
    motion: 'pooled',
    touch_days: 60,
    expects_outcomes: true,
    capacity: { accounts: 70, arr: 4_000_000 },
    targets: { nrr: 1.08, grr: 0.9 },
  },
  {
    id: 'smb',
    name: 'SMB',
    values: ['SMB'],
    arr_at_least: 0,
    motion: 'self_serve',
    touch_days: 180,
    capacity: { accounts: 400, arr: 3_000_000 },
    targets: { nrr: 1, grr: 0.82 },
  },
];

const motionField = z.strictObject({
  id: idField,
  name: z.string().min(1),
  values: z.array(z.string()).default([]).describe('Values of accounts.motion that mean this one.'),
});

export const motionsField = z
  .array(motionField)
  .min(1)
  .default([
    { id: 'high_touch', name: 'High touch', values: ['high_touch', 'high-touch', 'High touch'] },
    { id: 'pooled', name: 'Pooled', values: ['pooled', 'Pooled'] },
    {
      id: 'self_serve',
      name: 'Self-serve',
      values: ['self_serve', 'self-serve', 'Self-serve', 'digital'],
    },
  ])
  .describe('How accounts are looked after.');
