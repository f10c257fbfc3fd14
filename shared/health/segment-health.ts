import { shareOf } from '../basics/ratio.ts';
import { type Band, bandStep, bands } from './band.ts';
import type { Placement } from './placement.ts';
import { addSums, increase, type SumsByKey, sumsOf } from './sums.ts';

/** The ways the customer base is cut, in the order people read them. */
export const cuts = ['all', 'segment', 'motion', 'region', 'owner', 'lifecycle'] as const;
export type Cut = (typeof cuts)[number];

/** Accounts and ARR that came into a band since an earlier day. */
export interface Arrivals {
  readonly accounts: number;
  readonly arrCents: number;
}

/** Accounts and ARR of one band within one part of the customer base. */
export interface SegmentHealth {
  readonly cut: Cut;
  readonly cutValue: string;
  readonly band: Band;
  readonly accounts: number;
  readonly arrCents: number;
  /** Share of the cut's accounts, and of its ARR; null when the cut has none. */
  readonly accountShare: number | null;
  readonly arrShare: number | null;
  /** Of these, those who came up from a worse band, and down from a better one. */
  readonly upSinceLastRun: Arrivals;
  readonly downSinceLastRun: Arrivals;
  readonly upIn28Days: Arrivals;
  readonly downIn28Days: Arrivals;
}

/** What a tally needs to know of one account. */
export interface CountedAccount {
  readonly arrCents: number;
  readonly region: string | null;
  readonly ownerEmail: string | null;
  readonly placement: Placement;
  readonly band: Band;
  /** Its band on the day of the last run, and 28 days ago; null where it had none. */
  readonly bandAtLastRun: Band | null;
  readonly band28DaysAgo: Band | null;
}

/** Named so that accounts without a region or an owner are seen and not lost. */
export const NOBODY = '(none)';

/** The part of the customer base that an account belongs to, by each cut. */
export const cutValueOf = (cut: Cut, account: CountedAccount): string => {
  switch (cut) {
    case 'all':
      return 'all';
    case 'segment':
      return account.placement.segment.id;
    case 'motion':
      return account.placement.motion;
    case 'region':
      return account.region ?? NOBODY;
    case 'owner':
      return account.ownerEmail ?? NOBODY;
    case 'lifecycle':
      return account.placement.stage;
  }
};

/** Accounts and ARR: of all, up and down since the last run, up and down in 28 days. */
const WIDTH_OF_BAND = 10;
const placeOf = new Map(bands.map((band, index) => [band, index * WIDTH_OF_BAND]));

/** What a part of the customer base has counted, by cut and its value. */
export type SegmentSums = ReadonlyMap<Cut, SumsByKey>;

/** Counts accounts as they stream past; memory grows with cuts, not with accounts. */
export const segmentHealthTally = () => {
  const parts = new Map<Cut, SumsByKey>(cuts.map((cut) => [cut, new Map()]));

  return {
    counted: parts as SegmentSums,
    add(account: CountedAccount): void {
      for (const cut of cuts) {
        const byValue = parts.get(cut) as SumsByKey;
        countIn(sumsOf(byValue, cutValueOf(cut, account), bands.length * WIDTH_OF_BAND), account);
      }
    },
    absorb(others: SegmentSums): void {
      for (const [cut, sums] of others) addSums(parts.get(cut) as SumsByKey, sums);
    },
    /** Every band of every cut, the empty ones too, in a fixed order; one by one, as owners are many. */
    *parts(): Generator<SegmentHealth> {
      for (const [cut, byValue] of parts) {
        for (const cutValue of [...byValue.keys()].sort()) {
          yield* bandsOf(cut, cutValue, byValue.get(cutValue) as Float64Array);
        }
      }
    },
  };
};

function countIn(sums: Float64Array, account: CountedAccount): void {
  const { arrCents, band, bandAtLastRun, band28DaysAgo } = account;
  const place = placeOf.get(band) as number;
  bump(sums, place, arrCents);
  const lately = bandAtLastRun === null ? 0 : bandStep(bandAtLastRun, band);
  if (lately !== 0) bump(sums, place + (lately > 0 ? 2 : 4), arrCents);
  const monthly = band28DaysAgo === null ? 0 : bandStep(band28DaysAgo, band);
  if (monthly !== 0) bump(sums, place + (monthly > 0 ? 6 : 8), arrCents);
}

function bump(sums: Float64Array, place: number, arrCents: number): void {
  increase(sums, place, 1);
  increase(sums, place + 1, arrCents);
}

function bandsOf(cut: Cut, cutValue: string, sums: Float64Array): SegmentHealth[] {
  const cells = bands.map((band) => cellOf(sums, placeOf.get(band) as number));
  const accounts = cells.reduce((sum, one) => sum + one.accounts, 0);
  const arrCents = cells.reduce((sum, one) => sum + one.arrCents, 0);
  return cells.map((cell, index) => ({
    cut,
    cutValue,
    band: bands[index] as Band,
    ...cell,
    accountShare: shareOf(cell.accounts, accounts),
    arrShare: shareOf(cell.arrCents, arrCents),
  }));
}

function cellOf(sums: Float64Array, place: number) {
  const [all, ...arrivals] = [0, 2, 4, 6, 8].map((offset) => ({
    accounts: sums[place + offset] as number,
    arrCents: sums[place + offset + 1] as number,
  })) as [Arrivals, Arrivals, Arrivals, Arrivals, Arrivals];
  const [upSinceLastRun, downSinceLastRun, upIn28Days, downIn28Days] = arrivals;
  return { ...all, upSinceLastRun, downSinceLastRun, upIn28Days, downIn28Days };
}
