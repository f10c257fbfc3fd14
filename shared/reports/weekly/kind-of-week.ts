import type { Cents } from '../../basics/money.ts';
import { pointsBetween } from '../words/change.ts';
import type { WeeklyFigures } from './figures.ts';

/** Percentage points of NRR or GRR from which on a change is worth a sentence. */
const NOTABLE_POINTS = 0.5;

/** Share of the ARR, and of what was there before, from which on a change of money at risk is. */
const NOTABLE_SHARE = 0.002;
const NOTABLE_GROWTH = 0.1;

/**
 * What kind of week it was; each is another mail. `bad`: something got notably worse, or waits for a
 * decision. `first`: there is nothing to compare with. `good`: something got notably better and
 * nothing worse. `quiet`: neither.
 */
export type KindOfWeek = 'first' | 'bad' | 'good' | 'quiet';

/** What changed notably; zero where it did not, or is not known. */
export interface NotableChanges {
  /** Percentage points. */
  readonly nrr: number;
  readonly grr: number;
  readonly atRisk: Cents;
  /** Ended or given notice of within seven days. */
  readonly lost: Cents;
}

export const kindOfWeek = (week: WeeklyFigures): KindOfWeek => {
  if (isWaiting(week)) return 'bad';
  const { nrr, grr, atRisk, lost } = notableChanges(week);
  if (nrr < 0 || grr < 0 || atRisk > 0 || lost > 0) return 'bad';
  if (!hasHistory(week)) return 'first';
  return nrr > 0 || grr > 0 || atRisk < 0 ? 'good' : 'quiet';
};

/** Whether somebody has to decide something, or has not done what was due. */
const isWaiting = ({ renewals, risk }: WeeklyFigures): boolean =>
  (renewals?.toDecideCount ?? 0) > 0 ||
  (risk?.overdueCount ?? 0) > 0 ||
  (risk?.warRoomCount ?? 0) > 0;

/** Whatever is published has a week before it to be compared with. */
const hasHistory = ({ revenue, renewals }: WeeklyFigures): boolean =>
  (revenue === null || revenue.before !== null) && (renewals === null || renewals.before !== null);

export const notableChanges = ({ revenue, renewals }: WeeklyFigures): NotableChanges => {
  const arr = revenue?.arr ?? 0;
  const lost = renewals?.lostSum.arr ?? 0;
  const atRisk = notableMoney(renewals?.before?.arr, renewals?.atRisk.arr, arr);
  return {
    nrr: notable(revenue?.before?.nrr, revenue?.nrr),
    grr: notable(revenue?.before?.grr, revenue?.grr),
    // What was at risk and is lost is no longer at risk, and no better for it.
    atRisk: atRisk < 0 && lost >= -atRisk ? 0 : atRisk,
    lost: lost > 0 && lost >= arr * NOTABLE_SHARE ? lost : 0,
  };
};

function notable(from: number | null | undefined, to: number | null | undefined): number {
  if (typeof from !== 'number' || typeof to !== 'number') return 0;
  const change = pointsBetween(from, to);
  return Math.abs(change) >= NOTABLE_POINTS ? change : 0;
}

function notableMoney(from: Cents | null | undefined, to: Cents | undefined, arr: Cents): Cents {
  if (typeof from !== 'number' || to === undefined) return 0;
  const change = to - from;
  const isLarge = Math.abs(change) >= arr * NOTABLE_SHARE;
  return isLarge && Math.abs(change) >= from * NOTABLE_GROWTH ? change : 0;
}
