import { z } from 'zod';
import { playOwners } from './plays.ts';
import { days } from './risk-fields.ts';

const dueDays = [120, 90, 60, 30, 0] as const;

const weightField = z.number().min(0).max(100);
const dueField = z.literal([...dueDays]);

interface ItemDefaults {
  readonly weight: number;
  readonly due_at: (typeof dueDays)[number];
  readonly owner: (typeof playOwners)[number];
  readonly action: string;
}

const item = <Fields extends z.ZodRawShape>(
  { weight, due_at, owner, action }: ItemDefaults,
  fields: Fields,
) =>
  z
    .strictObject({
      weight: weightField
        .default(weight)
        .describe('Part of the readiness score; 0 leaves the item out.'),
      due_at: dueField
        .default(due_at)
        .describe('Days before the clock runs out by which it is to be done.'),
      owner: z.enum(playOwners).default(owner).describe('Who sees to it.'),
      action: z.string().min(1).default(action).describe('What to do while it is missing.'),
      ...fields,
    })
    .prefault({} as never);

const share = (value: number, meaning: string) =>
  z.number().min(0).max(1).default(value).describe(meaning);

/** Every item with its thresholds, as in the list a CSM ticks off; docs/renewals.md tells of each. */
export const readinessItemFields = {
  usage_benchmark: item(
    {
      weight: 15,
      due_at: 120,
      owner: 'csm',
      action: 'Find out which seats lie idle and why, and put a plan to use them to the champion.',
    },
    { at_least: share(0.6, 'Share of the seats that must be active on the best of 28 days.') },
  ),
  sponsor_in_place: item(
    {
      weight: 15,
      due_at: 120,
      owner: 'csm',
      action:
        'Have the champion introduce whoever holds the budget, and agree on what they expect.',
    },
    {},
  ),
  value_review: item(
    {
      weight: 10,
      due_at: 120,
      owner: 'csm',
      action: 'Hold a value review: what they wanted, what they have, what it is worth.',
    },
    { within_days: days(90, 'Days within which it must have been held.', { least: 1 }) },
  ),
  outcome_recap: item(
    {
      weight: 15,
      due_at: 90,
      owner: 'csm',
      action: 'Measure the outcomes they agreed on, and go through them with the customer.',
    },
    {
      within_days: days(120, 'Days within which the plan must have been gone through with them.', {
        least: 1,
      }),
    },
  ),
  ebr_held: item(
    {
      weight: 5,
      due_at: 90,
      owner: 'csm',
      action: 'Book the executive business review with the sponsor.',
    },
    { within_days: days(180, 'Days within which it must have been held.', { least: 1 }) },
  ),
  nps_loop: item(
    {
      weight: 5,
      due_at: 90,
      owner: 'csm',
      action: 'Call every detractor back, and write down what was agreed.',
    },
    {},
  ),
  pricing_review: item(
    {
      weight: 10,
      due_at: 60,
      owner: 'ae',
      action: 'Go through price, uplift and discount, and settle what is offered.',
    },
    { within_days: days(180, 'Days within which it must have been completed.', { least: 1 }) },
  ),
  severe_tickets: item(
    {
      weight: 10,
      due_at: 60,
      owner: 'support',
      action: 'Solve the severe tickets, or give the customer a date for each.',
    },
    { at_most: days(0, 'Critical and high tickets that may be open.') },
  ),
  legal_review: item(
    {
      weight: 10,
      due_at: 30,
      owner: 'ae',
      action: 'Get the terms to the lawyers of both sides, and their redlines settled.',
    },
    { within_days: days(180, 'Days within which it must have been completed.', { least: 1 }) },
  ),
  overdue_invoices: item(
    {
      weight: 5,
      due_at: 30,
      owner: 'ae',
      action: 'Find out what holds the payment up, and agree on a day for it.',
    },
    { overdue_days: days(0, 'Days an invoice may be overdue.') },
  ),
};

export type ReadinessItemId = keyof typeof readinessItemFields;

/** Every item, in the order in which they are asked and listed. */
export const readinessItemIds = Object.keys(readinessItemFields) as ReadinessItemId[];

const overrideField = z
  .strictObject({
    weight: weightField.optional().describe('Its weight here; 0 leaves the item out.'),
    due_at: dueField.optional().describe('When it is to be done by here.'),
  })
  .optional();

const segmentField = z.strictObject({
  items: z
    .strictObject(
      Object.fromEntries(readinessItemIds.map((id) => [id, overrideField])) as Record<
        ReadinessItemId,
        typeof overrideField
      >,
    )
    .describe('What differs, by item.'),
});

/** Small customers are renewed by the product: nobody books an executive for them. */
const smallCustomers: z.input<typeof segmentField> = {
  items: {
    sponsor_in_place: { weight: 0 },
    outcome_recap: { weight: 0 },
    value_review: { weight: 0 },
    ebr_held: { weight: 0 },
    pricing_review: { weight: 0 },
    legal_review: { weight: 0 },
  },
};

/** What must be done before a renewal, by when and by whom. */
export const readinessField = z
  .strictObject({
    items: z.strictObject(readinessItemFields).prefault({}),
    by_segment: z
      .record(z.string(), segmentField)
      .default({ smb: smallCustomers })
      .describe('Other weights and days by id of the segment; takes the place of ours as a whole.'),
  })
  .prefault({});

/** Ours speaks of segments by the ids they are shipped with, which a config need not have. */
export const isShippedReadiness = (bySegment: unknown): boolean =>
  JSON.stringify(bySegment) === JSON.stringify({ smb: smallCustomers });

export type ReadinessPolicy = z.output<typeof readinessField>;
export type ReadinessOwner = ItemDefaults['owner'];
