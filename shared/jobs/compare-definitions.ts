import type { Cents } from '../basics/money.ts';
import type { Config } from '../config/schema.ts';
import { calendarOfYear } from '../revenue/calendar.ts';
import { carrOf } from '../revenue/carr.ts';
import { standingsOf } from '../revenue/customer.ts';
import type { CutSums } from '../revenue/cut-sums.ts';
import { ledgerOf } from '../revenue/ledger.ts';
import { rollupTally } from '../revenue/rollup.ts';
import type { SourceState } from '../sources/finding.ts';
import type { JobInput, JobPorts } from './job.ts';
import { booksOf, customersOf, policyOf } from './revenue-stream.ts';

/** What the same contracts come to under one set of switches, over the twelve months to as_of. */
export interface UnderDefinitions {
  /** The switch that differs from the config, and what it is set to. */
  readonly title: string;
  readonly whole: CutSums | null;
  readonly carrCents: Cents;
  readonly input: JobInput;
}

interface Variant {
  readonly title: string;
  readonly config: Config;
}

/** The config as it is, and once for every switch with that switch the other way. */
export const variantsOf = (config: Config): Variant[] => {
  const { carr, churn, renewal, reactivation, expansion, currency, retention, revenue } = config;
  const notice = churn.recognition === 'notice' ? 'effective' : 'notice';
  const basis = currency.basis === 'spot' ? 'constant' : 'spot';
  const rollup = revenue.rollup === 'account' ? 'ultimate_parent' : 'account';
  const attributeAt = retention.attribute_at === 'closing' ? 'opening' : 'closing';
  const graceDays = churn.grace_days === 0 ? 30 : 0;
  const lateDays = renewal.late_grace_days === 0 ? 30 : 0;
  const windowDays = reactivation.window_days === null ? 365 : null;
  return [
    { title: 'as configured', config },
    {
      title: `churn.recognition: ${notice}`,
      config: { ...config, churn: { ...churn, recognition: notice } },
    },
    {
      title: `churn.grace_days: ${graceDays}`,
      config: { ...config, churn: { ...churn, grace_days: graceDays } },
    },
    {
      title: `renewal.late_grace_days: ${lateDays}`,
      config: { ...config, renewal: { late_grace_days: lateDays } },
    },
    {
      title: `reactivation.window_days: ${windowDays}`,
      config: { ...config, reactivation: { ...reactivation, window_days: windowDays } },
    },
    {
      title: `reactivation.in_nrr: ${!reactivation.in_nrr}`,
      config: { ...config, reactivation: { ...reactivation, in_nrr: !reactivation.in_nrr } },
    },
    {
      title: `expansion.include_escalators: ${!expansion.include_escalators}`,
      config: { ...config, expansion: { include_escalators: !expansion.include_escalators } },
    },
    {
      title: `carr.subtract_known_churn: ${!carr.subtract_known_churn}`,
      config: { ...config, carr: { subtract_known_churn: !carr.subtract_known_churn } },
    },
    {
      title: `retention.attribute_at: ${attributeAt}`,
      config: { ...config, retention: { ...retention, attribute_at: attributeAt } },
    },
    { title: `currency.basis: ${basis}`, config: { ...config, currency: { ...currency, basis } } },
    { title: `revenue.rollup: ${rollup}`, config: { ...config, revenue: { rollup } } },
  ];
};

/** Reads the contracts once for each way of rolling them up, and adds them up under every variant. */
export const compareDefinitions = async (
  input: JobInput,
  states: readonly SourceState[],
  { warehouse }: Pick<JobPorts, 'warehouse'>,
): Promise<UnderDefinitions[]> => {
  const calendar = calendarOfYear(input.asOf);
  const books = await booksOf(input, states, { warehouse }, calendar);
  const compared = variantsOf(input.config).map(({ title, config }) => {
    const own = { ...books, policy: policyOf({ ...input, config }) };
    return { title, config, books: own, tally: rollupTally(own), carrCents: 0 };
  });
  for (const rollup of ['ultimate_parent', 'account'] as const) {
    const mine = compared.filter(({ config }) => config.revenue.rollup === rollup);
    const config = { ...input.config, revenue: { rollup } };
    const standingOf = standingsOf(config);
    for await (const batch of customersOf({ ...input, config, states }, { warehouse })) {
      for (const customer of batch) {
        for (const variant of mine) {
          const ledger = ledgerOf(customer.lines, variant.books);
          if (ledger.lines.length === 0) continue;
          variant.tally.add(customer, ledger, standingOf(customer, ledger));
          variant.carrCents += carrOf(ledger, variant.books);
        }
      }
    }
  }
  return compared.map(({ title, config, tally, carrCents }) => ({
    title,
    carrCents,
    whole: [...tally.all()].find(({ cut }) => cut === 'all') ?? null,
    input: { ...input, config },
  }));
};
