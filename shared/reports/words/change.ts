import { type Cents, formatMoney } from '../../basics/money.ts';
import type { Strong, Tone } from '../mail-content.ts';

/** A ratio as retention is told: 104.2 %. Null is said as such. */
export const ratio = (share: number | null): string =>
  share === null ? 'not known' : `${tenths(share)} %`;

/** Percentage points between two ratios, as they are shown: what readers would take one from the other. */
export const pointsBetween = (from: number, to: number): number =>
  (Math.round(to * 1000) - Math.round(from * 1000)) / 10;

/** 0.4 points, 1 point. */
export const points = (change: number): string => {
  const size = Math.abs(change);
  return `${size} ${size === 1 ? 'point' : 'points'}`;
};

/** How a ratio moved since a day. */
export const ratioChange = (
  from: number | null,
  to: number | null,
  since: string,
): Strong | null => {
  if (from === null || to === null) return null;
  const change = pointsBetween(from, to);
  if (change === 0) return { strong: `unchanged since ${since}`, tone: 'plain' };
  const sign = change > 0 ? '▲' : '▼';
  return { strong: `${sign} ${points(change)} since ${since}`, tone: change > 0 ? 'good' : 'bad' };
};

interface MoneyChange {
  readonly from: Cents | null;
  readonly to: Cents;
  readonly currency: string;
  readonly since: string;
  /** Whether more of it is better. */
  readonly isGood: boolean;
}

/** How an amount moved since a day. */
export const moneyChange = ({ from, to, currency, since, isGood }: MoneyChange): Strong | null => {
  if (from === null) return null;
  const change = to - from;
  if (change === 0) return { strong: `unchanged since ${since}`, tone: 'plain' };
  const tone: Tone = change > 0 === isGood ? 'good' : 'bad';
  const sign = change > 0 ? '▲' : '▼';
  return { strong: `${sign} ${formatMoney(Math.abs(change), currency)} since ${since}`, tone };
};

const tenths = (share: number): string => (Math.round(share * 1000) / 10).toFixed(1);
