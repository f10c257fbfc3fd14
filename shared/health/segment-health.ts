import { shareOf } from '../basics/ratio.ts';
import { type Band, bandStep, bands } from './band.ts';
import type { Placement } from './placement.ts';

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

interface Count {
  accounts: number;
  arrCents: number;
}

const count = (): Count => ({ accounts: 0, arrCents: 0 });

const cell = () => ({
  ...count(),
  upSinceLastRun: count(),
  downSinceLastRun: count(),
  upIn28Days: count(),
  downIn28Days: count(),
});

type Cell = ReturnType<typeof cell>;
type Part = Record<Band, Cell>;

const part = (): Part => ({ green: cell(), yellow: cell(), red: cell(), unscored: cell() });

/** Counts accounts as they stream past; memory grows with cuts, not with accounts. */
export const segmentHealthTally = () => {
  const parts = new Map(cuts.map((cut) => [cut, new Map<string, Part>()]));

  return {
    add(account: CountedAccount): void {
      for (const cut of cuts) {
        const value = cutValueOf(cut, account);
        const byValue = parts.get(cut) as Map<string, Part>;
        const mine = byValue.get(value) ?? part();
        byValue.set(value, mine);
        countIn(mine[account.band], account);
      }
    },
    /** Every band of every cut, the empty ones too, in a fixed order. */
    parts: (): SegmentHealth[] =>
      cuts.flatMap((cut) =>
        [...(parts.get(cut) as Map<string, Part>)]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .flatMap(([cutValue, byBand]) => bandsOf(cut, cutValue, byBand)),
      ),
  };
};

function countIn(to: Cell, account: CountedAccount): void {
  const { arrCents, band, bandAtLastRun, band28DaysAgo } = account;
  bump(to, arrCents);
  const lately = bandAtLastRun === null ? 0 : bandStep(bandAtLastRun, band);
  if (lately !== 0) bump(lately > 0 ? to.upSinceLastRun : to.downSinceLastRun, arrCents);
  const monthly = band28DaysAgo === null ? 0 : bandStep(band28DaysAgo, band);
  if (monthly !== 0) bump(monthly > 0 ? to.upIn28Days : to.downIn28Days, arrCents);
}

function bump(to: Count, arrCents: number): void {
  to.accounts += 1;
  to.arrCents += arrCents;
}

function bandsOf(cut: Cut, cutValue: string, byBand: Part): SegmentHealth[] {
  const cells = bands.map((band) => byBand[band]);
  const accounts = cells.reduce((sum, one) => sum + one.accounts, 0);
  const arrCents = cells.reduce((sum, one) => sum + one.arrCents, 0);
  return bands.map((band) => ({
    cut,
    cutValue,
    band,
    ...byBand[band],
    accountShare: shareOf(byBand[band].accounts, accounts),
    arrShare: shareOf(byBand[band].arrCents, arrCents),
  }));
}
