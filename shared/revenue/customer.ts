import { dayFromEpoch } from '../basics/day.ts';
import type { Config } from '../config/schema.ts';
import { segmentOf } from '../health/segment.ts';
import type { ContractLine } from './contract-line.ts';
import type { Ledger } from './ledger.ts';

/** How far a customer got with its onboarding, as far as milestones tell. */
export const onboardingStates = ['on_time', 'late', 'unfinished', 'not_recorded'] as const;
export type Onboarding = (typeof onboardingStates)[number];

/** A customer with all its contract lines: a group of accounts under one parent, or one account. */
export interface RevenueCustomer {
  readonly customerId: string;
  readonly name: string | null;
  readonly segmentName: string | null;
  readonly motionName: string | null;
  readonly region: string | null;
  readonly ownerEmail: string | null;
  readonly onboarding: Onboarding;
  /** Concessions of the last 180 days that are bound to no success plan, over all its accounts. */
  readonly concessionsWithoutPlan: number;
  /** The parent it belongs to, when accounts are the customers and it has one. */
  readonly ultimateParentId: string | null;
  readonly lines: readonly ContractLine[];
}

/** The ways the whole is cut. `product` cuts through customers, the others between them. */
export const cuts = [
  'all',
  'segment',
  'motion',
  'region',
  'owner',
  'product',
  'start_quarter',
  'onboarding',
  'ultimate_parent',
] as const;

export type Cut = (typeof cuts)[number];

/** What stands where the warehouse names nobody and nothing. */
export const UNNAMED = '(none)';

/** Where a customer stood on a day: the cuts that can change with what it brings. */
export interface Standing {
  readonly segment: Config['segments'][number];
  readonly motion: string;
}

type PlacedBy = Pick<Config, 'segments' | 'motions'>;

/**
 * The standing of a customer on each day of the calendar. A segment by ARR goes by the ARR of the
 * day; before the first contract and after the last by the ARR that is nearest in time.
 */
export const standingsOf = ({ segments, motions }: PlacedBy) => {
  const motionOf = new Map(motions.flatMap(({ id, values }) => values.map((value) => [value, id])));
  const known = new Map<string, Standing>();

  const standing = (customer: RevenueCustomer, arrCents: number): Standing => {
    const { segmentName, motionName } = customer;
    const segment = segmentOf({ segmentName, arrCents }, segments);
    const motion = (motionName === null ? undefined : motionOf.get(motionName)) ?? segment.motion;
    const key = `${segment.id} ${motion}`;
    const found = known.get(key) ?? { segment, motion };
    known.set(key, found);
    return found;
  };
  const isNamed = ({ segmentName }: RevenueCustomer) =>
    segmentName !== null && segments.some(({ values }) => values.includes(segmentName));

  /** Standings that are equal are the same object. */
  return (customer: RevenueCustomer, { arr }: Ledger): readonly Standing[] => {
    const days = arr.length;
    if (isNamed(customer)) return new Array(days).fill(standing(customer, 0));
    const standings = new Array<Standing>(days);
    let cents = arr[firstAbove(arr)] ?? 0;
    let last = standing(customer, cents);
    for (let day = 0; day < days; day += 1) {
      const now = arr[day] as number;
      if (now > 0 && now !== cents) {
        last = standing(customer, now);
        cents = now;
      }
      standings[day] = last;
    }
    return standings;
  };
};

function firstAbove(arr: ArrayLike<number>): number {
  let day = 0;
  while (day < arr.length && arr[day] === 0) day += 1;
  return day;
}

/** By first day: they are few, and customers are many. */
const quarters = new Map<number, string>();

/** The quarter of the first contract: 2024-Q3. */
export const startQuarter = ({ startedOn }: Ledger): string => {
  const known = quarters.get(startedOn);
  if (known !== undefined) return known;
  const day = dayFromEpoch(startedOn);
  const quarter = `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
  quarters.set(startedOn, quarter);
  return quarter;
};
