import type { Day } from '../basics/day.ts';
import { formatMoney } from '../basics/money.ts';
import { plural } from '../basics/text.ts';
import type { Band } from '../health/band.ts';
import type { contractionList } from '../publish/revenue-tables.ts';
import type { RowOf } from '../publish/table.ts';
import type { Contraction } from '../revenue/contraction.ts';
import type { Onboarding } from '../revenue/customer.ts';
import type { HealthBefore } from './health-before.ts';
import type { Printed } from './revenue-rows.ts';

/** The account of a customer that is worst off. */
export interface HealthOfCustomer {
  readonly score: number | null;
  readonly band: Band;
  readonly topDriver: string | null;
}

interface About extends Printed {
  readonly rank: number;
  readonly healthOn: Day | null;
  readonly found: HealthOfCustomer | null;
  readonly before: HealthBefore | null;
}

/** One who shrank, with what lies behind it. */
export const contractionRow = (
  contraction: Contraction,
  { rank, currency, definitionsId, healthOn, found, before }: About,
): RowOf<typeof contractionList> => ({
  rank,
  customer_id: contraction.customer.customerId,
  name: contraction.customer.name,
  segment: contraction.standing.segment.id,
  motion: contraction.standing.motion,
  region: contraction.customer.region,
  owner_email: contraction.customer.ownerEmail,
  opening_arr_cents: contraction.openingCents,
  closing_arr_cents: contraction.closingCents,
  lost_arr_cents: contraction.lostCents,
  currency,
  shrank_in: contraction.shrankIn,
  months_after_start: contraction.monthsAfterStart,
  onboarding: contraction.customer.onboarding,
  began_in_onboarding: contraction.beganInOnboarding,
  why: whyOf(contraction, { found, before, currency }),
  health_before_on: before?.on ?? null,
  score_before: before?.score ?? null,
  band_before: before?.band ?? null,
  health_on: found === null ? null : healthOn,
  score: found?.score ?? null,
  band: found?.band ?? null,
  top_driver: found?.topDriver ?? null,
  concessions_without_plan: contraction.customer.concessionsWithoutPlan,
  definitions_id: definitionsId,
});

/** One sentence for each thing known, in the order in which they happened. */
function whyOf(
  { customer, shrankIn, monthsAfterStart, openingCents, ...rest }: Contraction,
  { found, before, currency }: Pick<About, 'found' | 'before' | 'currency'>,
): string {
  const { onboarding, concessionsWithoutPlan: concessions } = customer;
  const when =
    shrankIn === null || monthsAfterStart === null
      ? ''
      : `, most of it in ${shrankIn.slice(0, 7)}, ${plural(monthsAfterStart, 'month')} after the start`;
  return [
    ONBOARDED[onboarding],
    `Lost ${formatMoney(rest.lostCents, currency)} of ${formatMoney(openingCents, currency)}${when}.`,
    before === null || before.score === null
      ? null
      : `Before that ${before.band} at ${before.score.toFixed(1)}.`,
    concessions === 0 ? null : `${plural(concessions, 'discount')} given without a success plan.`,
    found?.band === undefined || found.score === null
      ? null
      : `Now ${found.band} at ${found.score.toFixed(1)}${found.topDriver ? `, held down by ${found.topDriver.replaceAll('_', ' ')}` : ''}.`,
    rest.beganInOnboarding === true ? 'It began in onboarding.' : null,
  ]
    .filter((sentence) => sentence != null)
    .join(' ');
}

const ONBOARDED: Readonly<Record<Onboarding, string | null>> = {
  on_time: null,
  late: 'Onboarded late.',
  unfinished: 'Onboarding never finished.',
  not_recorded: null,
};
