import type { z } from 'zod';
import { type Day, dayToEpoch, toDay } from '../../shared/basics/day.ts';
import {
  carrField,
  churnField,
  expansionField,
  reactivationField,
  renewalField,
  retentionField,
  revenueField,
} from '../../shared/config/revenue.ts';
import { configSchema } from '../../shared/config/schema.ts';
import { calendarOf } from '../../shared/revenue/calendar.ts';
import type { ContractLine, RevenuePolicy } from '../../shared/revenue/contract-line.ts';
import { type RevenueCustomer, standingsOf } from '../../shared/revenue/customer.ts';
import type { CutSums } from '../../shared/revenue/cut-sums.ts';
import { type Books, ledgerOf } from '../../shared/revenue/ledger.ts';
import { ratesFrom } from '../../shared/revenue/rates.ts';
import { rollupTally } from '../../shared/revenue/rollup.ts';

export const epoch = (day: string): number => dayToEpoch(toDay(day));

const aLine: ContractLine = {
  contractId: 'K-1',
  accountId: 'A-1',
  product: 'Platform',
  currency: 'USD',
  start: 0,
  end: 0,
  annual: 1200,
  growth: 1,
  cancelledOn: null,
  cancelKnownOn: null,
  renewalStart: null,
};

type Days = 'start' | 'end' | 'cancelledOn' | 'cancelKnownOn' | 'renewalStart';

/** What a test says of a line beyond its term, with days as people write them. */
export type LineChange = Partial<Omit<ContractLine, Days>> & { [Name in Days]?: string };

/** A line of 1200 a year from one day up to another. */
export const line = (start: string, end: string, change: LineChange = {}): ContractLine => {
  const { cancelledOn, cancelKnownOn, renewalStart, ...rest } = change;
  const day = (text: string | undefined) => (text === undefined ? null : epoch(text));
  return {
    ...aLine,
    ...{ ...rest, start: epoch(start), end: epoch(end) },
    ...{ cancelledOn: day(cancelledOn), cancelKnownOn: day(cancelKnownOn) },
    renewalStart: day(renewalStart),
  };
};

/** The switches that a test turns; the others stand as the config leaves them. */
export interface Switches {
  readonly churn?: z.input<typeof churnField>;
  readonly renewal?: z.input<typeof renewalField>;
  readonly reactivation?: z.input<typeof reactivationField>;
  readonly expansion?: z.input<typeof expansionField>;
  readonly retention?: z.input<typeof retentionField>;
  readonly basis?: RevenuePolicy['basis'];
}

export const aPolicy = (switches: Switches = {}): RevenuePolicy => ({
  revenue: revenueField.parse({}),
  carr: carrField.parse({}),
  churn: churnField.parse(switches.churn ?? {}),
  renewal: renewalField.parse(switches.renewal ?? {}),
  reactivation: reactivationField.parse(switches.reactivation ?? {}),
  expansion: expansionField.parse(switches.expansion ?? {}),
  retention: retentionField.parse(switches.retention ?? {}),
  basis: switches.basis ?? 'constant',
});

interface BooksPlan extends Switches {
  readonly constant?: Readonly<Record<string, number>>;
  /** By currency the rate of a day. */
  readonly quoted?: Readonly<Record<string, (day: Day) => number | null>>;
}

/** Books in USD. */
export const booksOn = (asOf: string, { constant = {}, quoted = {}, ...plan }: BooksPlan = {}) => {
  const calendar = calendarOf(toDay(asOf));
  const quotes = Object.entries(quoted).map(
    ([currency, rateOn]) => [currency, calendar.days.map(rateOn)] as const,
  );
  const { days } = calendar;
  const rates = ratesFrom({ reporting: 'USD', constant, quoted: new Map(quotes), days });
  return { calendar, rates, policy: aPolicy(plan) } satisfies Books;
};

/** The place of a day in the calendar of the books. */
export const placeOf = ({ calendar }: Books, day: string): number => {
  const place = calendar.days.indexOf(toDay(day));
  if (place === -1) throw new RangeError(`${day} is no day of the calendar`);
  return place;
};

export const aCustomer: RevenueCustomer = {
  customerId: 'C-1',
  name: 'Meridian Retail',
  segmentName: null,
  motionName: null,
  region: 'EMEA',
  ownerEmail: 'l.fischer@harbourline.example',
  onboarding: 'on_time',
  concessionsWithoutPlan: 0,
  ultimateParentId: null,
  lines: [],
};

/** Enterprise from 150K on, mid-market from 25K, SMB below, as the config has them. */
export const segments = configSchema.shape.segments.parse(undefined);
export const motions = configSchema.shape.motions.parse(undefined);

/** What customers add up to, by cut and value. */
export const rolledUp = (customers: readonly Partial<RevenueCustomer>[], books: Books) => {
  const tally = rollupTally(books);
  const standingOf = standingsOf({ segments, motions });
  for (const change of customers) {
    const customer = { ...aCustomer, ...change };
    const ledger = ledgerOf(customer.lines, books);
    tally.add(customer, ledger, standingOf(customer, ledger));
  }
  return [...tally.all()];
};

export const theCut = (sums: readonly CutSums[], cut: string, value = 'all'): CutSums => {
  const found = sums.find((one) => one.cut === cut && one.cutValue === value);
  if (found === undefined) throw new RangeError(`no ${cut} ${value}`);
  return found;
};
