import { z } from 'zod';
import { days, ladder, number, type Severity, severityField } from './risk-fields.ts';

const flag = <Fields extends z.ZodRawShape>(fields: Fields) =>
  z
    .strictObject({
      enabled: z.boolean().default(true).describe('Off: never raised, and cleared where open.'),
      ...fields,
    })
    .prefault({} as never);

const departure = (severity: Severity, renewing: Severity) =>
  flag({
    severity: severityField(severity, 'How bad it is.'),
    renewing: severityField(renewing, 'How bad it is while the account is renewing.'),
    within_days: days(365, 'Days after which a departure is history.'),
  });

/** What was heard longer ago than this the source no longer tells. */
const HEARD_DAYS = 120;

const news = (severity: Severity, renewing: Severity) =>
  flag({
    severity: severityField(severity, 'How bad it is.'),
    renewing: severityField(renewing, 'How bad it is while the account is renewing.'),
    within_days: days(60, 'Days since it was heard within which it is raised.', {
      most: HEARD_DAYS,
    }),
    clears_after_days: days(90, 'Days since it was heard after which it clears.', {
      most: HEARD_DAYS,
    }),
  }).refine(
    ({ within_days, clears_after_days }) => within_days <= clears_after_days,
    'expected clears_after_days to be at least within_days',
  );

/** Every flag with its thresholds; docs/risk.md says what each is for. */
export const flagFields = {
  notice_given: flag({
    all: severityField('critical', 'How bad it is when all live ARR is under notice.'),
    part: severityField('high', 'How bad it is when part of it is.'),
  }),
  usage_decline: flag({
    ratio: ladder('falls', 'Sessions of four weeks ÷ usual ones', {
      medium: 0.7,
      high: 0.5,
      critical: 0.15,
      clears_at: 0.8,
    }),
    least_usual: number(20, 'Usual sessions a week below which a fall says nothing.'),
    unused: severityField('critical', 'How bad twelve weeks without any session are.'),
  }),
  usage_trap: flag({
    progress: ladder('falls', 'Mean progress of agreed outcomes, 0 to 1,', {
      medium: 0.5,
      high: 0.25,
      clears_at: 0.6,
    }),
    points: number(70, 'Mean points of usage_trend and seat_use from which use is high.'),
    clears_at_points: number(60, 'Mean points below which an open flag clears.'),
    unmeasured: severityField(
      'medium',
      'How bad it is when outcomes are expected and none is measured.',
    ),
  }),
  outcome_missed: flag({
    days_missed: ladder('rises', 'Days since the objective missed longest was due', {
      medium: 14,
      high: 90,
      clears_at: 0,
    }),
    renewing: severityField('high', 'How bad it is at least while the account is renewing.'),
    nearly: number(
      0.8,
      'Mean progress of agreed outcomes from which they have nearly been reached.',
    ),
    when_nearly: severityField('low', 'How bad a missed objective is then.'),
  }),
  onboarding_stalled: flag({
    days_overdue: ladder('rises', 'Days that the milestone is overdue', {
      medium: 7,
      high: 21,
      clears_at: 3,
    }),
    within_days: days(365, 'Days from the first contract after which a milestone is history.'),
  }),
  silence: flag({
    rhythms: ladder('rises', 'Days without a talk ÷ touch_days of the segment', {
      medium: 1.5,
      high: 2.5,
      clears_at: 1,
    }),
    when_red: severityField('high', 'How bad it is at least while the account is red.'),
  }),
  champion_gone: departure('medium', 'high'),
  sponsor_gone: departure('high', 'critical'),
  support_rising: flag({
    ratio: ladder('rises', '(Tickets of four weeks + 1) ÷ (usual ones + 1)', {
      medium: 2,
      high: 3,
      clears_at: 1.5,
    }),
    least_tickets: days(4, 'Tickets of four weeks below which it is not raised.'),
  }),
  severe_ticket: flag({
    high_count: days(3, 'Open critical and high tickets from which it is high.', { least: 1 }),
    critical_days: days(
      7,
      'Days a critical ticket is open from which it is critical; null: never.',
    ).nullable(),
  }),
  detractor_open: flag({
    count: ladder('rises', 'Detractors not yet answered', { medium: 1, high: 2, clears_at: 0 }),
  }),
  retirement_ahead: flag({
    days_left: ladder('falls', 'Days until a feature is retired', {
      low: 90,
      medium: 30,
      high: 14,
      clears_at: 120,
    }),
  }),
  billing_overdue: flag({
    days_overdue: ladder('rises', 'Days that the oldest invoice is overdue', {
      medium: 15,
      high: 45,
      critical: 90,
      clears_at: 5,
    }),
    least_amount: number(
      0,
      'Amount overdue, in the reporting currency, below which it is not raised.',
    ),
  }),
  overage: flag({
    use: ladder('rises', 'Used ÷ committed', { medium: 1.1, high: 1.3, clears_at: 1 }),
  }),
  budget_signal: news('medium', 'high'),
  discount_without_plan: flag({
    count: ladder('rises', 'Concessions without a success plan in 180 days', {
      medium: 1,
      high: 2,
      clears_at: 0,
    }),
  }),
  competitor: news('high', 'critical'),
  compliance_signal: news('high', 'critical'),
};

export type FlagId = keyof typeof flagFields;

/** Every flag, in the order in which they are asked and listed. */
export const flagIds = Object.keys(flagFields) as FlagId[];
