import { z } from 'zod';

const share = z.number().min(0).max(1);
const days = z.number().int().min(0);

export const bands = ['green', 'yellow', 'red', 'unscored'] as const;
export const horizons = ['over_120', '120', '90', '60', '30', 'past', 'late'] as const;

/** Days to the decision: more than 120, up to so many, passed; or the term is over. */
export type Horizon = (typeof horizons)[number];

const milestoneDays = z
  .array(z.number().int().min(1).max(730))
  .min(1)
  .refine(
    (list) => list.every((value, at) => at === 0 || value < (list[at - 1] as number)),
    'expected days that fall, such as [120, 90, 60, 30]',
  );

const milestonesField = z
  .strictObject({
    days: milestoneDays
      .default([120, 90, 60, 30])
      .describe('Days before the clock runs out at which a milestone stands.'),
    by_segment: z
      .record(z.string(), milestoneDays)
      .default({})
      .describe('Other days, by id of the segment.'),
    catch_up_days: days
      .default(7)
      .describe('The first run of all fires milestones of so many days before it, and no older.'),
    shortest_term_days: days
      .default(60)
      .describe('Shorter terms have no milestones: a month-to-month contract has none to keep.'),
  })
  .prefault({});

/** Where a renewal stands, what that means, and how the company's own CRM calls it. */
const stageField = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/, 'expected a snake_case id'),
  definition: z.string().min(1).describe('What must be true of a renewal in this stage.'),
  values: z
    .array(z.string())
    .default([])
    .describe('Values of opportunities.stage that mean this one, in any case.'),
  most_days: z
    .number()
    .int()
    .min(1)
    .default(60)
    .describe('Days after which a renewal has been in it for too long.'),
  probability: z
    .tuple([share, share])
    .default([0, 1])
    .describe('Least and most probability that goes with it.'),
});

/** Stages that are told apart without the config. */
const RESERVED_STAGES = ['won', 'lost', 'not_opened', 'unmapped'];

const defaultStages: readonly z.input<typeof stageField>[] = [
  {
    id: 'qualified',
    definition: 'The customer knows that the renewal is coming; needs and risks are written down.',
    values: ['Qualified', 'Qualification', 'Discovery', 'Prospecting', 'Open'],
    most_days: 90,
    probability: [0.1, 0.75],
  },
  {
    id: 'proposal',
    definition: 'Price and term are with the customer in writing.',
    values: ['Proposal', 'Quote', 'Proposal sent'],
    most_days: 60,
    probability: [0.25, 0.85],
  },
  {
    id: 'negotiation',
    definition: 'The customer answers to price, term or legal text.',
    values: ['Negotiation', 'Legal', 'Redlines', 'Contract'],
    most_days: 45,
    probability: [0.4, 0.95],
  },
  {
    id: 'verbal',
    definition: 'Whoever signs has agreed; only the signature is missing.',
    values: ['Verbal yes', 'Verbal', 'Commit'],
    most_days: 30,
    probability: [0.8, 1],
  },
];

const startingRow = (values: Record<Horizon, number>) =>
  z
    .strictObject(
      Object.fromEntries(horizons.map((id) => [id, share.default(values[id])])) as Record<
        Horizon,
        z.ZodDefault<typeof share>
      >,
    )
    .prefault({});

const at = (over_120: number, ...rest: [number, number, number, number, number, number]) => {
  const [m120, m90, m60, m30, past, late] = rest;
  return { over_120, '120': m120, '90': m90, '60': m60, '30': m30, past, late };
};

const startingField = z
  .strictObject({
    green: startingRow(at(0.93, 0.94, 0.94, 0.95, 0.95, 0.97, 0.85)),
    yellow: startingRow(at(0.82, 0.82, 0.8, 0.78, 0.75, 0.85, 0.6)),
    red: startingRow(at(0.6, 0.55, 0.5, 0.42, 0.35, 0.6, 0.25)),
    unscored: startingRow(at(0.86, 0.86, 0.85, 0.84, 0.82, 0.9, 0.6)),
  })
  .prefault({})
  .describe(
    'Share of the ARR that stays, by health and days to the decision, until a year of history takes its place. An assumption, not a measurement: put your own here.',
  );

const forecastField = z
  .strictObject({
    horizon_days: z
      .number()
      .int()
      .min(30)
      .max(1095)
      .default(365)
      .describe('Renewals due within so many days are forecast.'),
    starting_table: startingField,
    history_days: z
      .number()
      .int()
      .min(365)
      .max(1825)
      .default(730)
      .describe('Renewals that were due within so many days tell the observed rates.'),
    fewest_renewals: z
      .number()
      .int()
      .min(1)
      .default(30)
      .describe(
        'Below so many of a band and horizon, in all segments, the starting table is used.',
      ),
    shrinkage: z
      .number()
      .min(0)
      .default(20)
      .describe('A segment counts as if so many renewals of the whole were among its own.'),
    commit_at: share.default(0.9).describe('Probability from which on it is commit.'),
    best_case_at: share.default(0.7).describe('And best case; what is below is at risk.'),
    disagreement_at: share
      .default(0.25)
      .describe('Owner and model are told apart when they differ by so much.'),
    change_at: share
      .default(0.02)
      .describe('ForecastChanged is told when a quarter moves by this share of it.'),
  })
  .refine(({ commit_at, best_case_at }) => best_case_at <= commit_at, {
    path: ['best_case_at'],
    message: 'expected at most commit_at',
  })
  .prefault({});

const hygieneField = z
  .strictObject({
    opportunity_days: days
      .default(90)
      .describe('So many days before the decision there has to be an opportunity.'),
    amount_tolerance: share
      .default(0.02)
      .describe('An amount may differ from the ARR by this share of it.'),
  })
  .prefault({});

/** The clock, the forecast and the records of renewals; docs/renewals.md tells of each. */
export const renewalClockFields = {
  clock: z
    .enum(['decision', 'term_end'])
    .default('decision')
    .describe('Milestones count down to the last day for notice, or to the end of the term.'),
  milestones: milestonesField,
  infer_within_days: days
    .max(365)
    .default(45)
    .describe(
      'Without renewed_by, a line that begins so many days after the end or fewer renews it; 0: only from 31 days before up to the end.',
    ),
  infer: z.boolean().default(true).describe('Looks for the renewing line where none is named.'),
  stages: z
    .array(stageField)
    .min(1, 'expected at least one stage')
    .prefault([...defaultStages])
    .superRefine((stages, context) => {
      const say = (message: string, path: (string | number)[]) =>
        context.addIssue({ code: 'custom', message, path });
      const ids = new Set<string>();
      const values = new Set<string>();
      for (const [at, { id, values: named }] of stages.entries()) {
        if (RESERVED_STAGES.includes(id)) say(`expected another id: ${id} is ours`, [at, 'id']);
        if (ids.has(id)) say('expected each stage to have an id of its own', [at, 'id']);
        ids.add(id);
        for (const value of named.map((name) => name.toLowerCase())) {
          if (values.has(value)) say(`expected "${value}" to mean one stage`, [at, 'values']);
          values.add(value);
        }
      }
    })
    .describe('Stages of an open renewal, in order.'),
  forecast: forecastField,
  hygiene: hygieneField,
};
