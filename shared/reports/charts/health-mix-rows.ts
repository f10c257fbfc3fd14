import type { Cents } from '../../basics/money.ts';
import { distribute } from '../../basics/ratio.ts';
import { grouped, plural } from '../../basics/text.ts';
import { moneyWords } from './chart-money.ts';
import { type ChartName, segmentName } from './chart-words.ts';

/** What a band has of a segment. */
export interface BandShare {
  readonly arr: Cents;
  readonly accounts: number;
}

/** What a segment's ARR is made of, by the band of its accounts. */
export interface SegmentMix {
  readonly segment: string;
  readonly green: BandShare;
  readonly yellow: BandShare;
  readonly red: BandShare;
  readonly unscored: BandShare;
}

export const bands = ['green', 'yellow', 'red', 'unscored'] as const;

export type Band = (typeof bands)[number];

/** More rows than these are a table; the smallest are then one. */
const MOST_ROWS = 12;

/** A segment as it is drawn: parts that are nothing are left out, shares are whole and sum to 100. */
export interface Row {
  readonly name: ChartName;
  readonly mix: SegmentMix;
  readonly total: Cents;
  readonly accounts: number;
  readonly parts: readonly { band: Band; arr: Cents; accounts: number; percent: string }[];
}

/** The segments in their order; of more than fit, the smallest as one. */
export const rowsOf = (segments: readonly SegmentMix[]): readonly Row[] => {
  const rows = segments.map((mix, index) => rowOf(mix, segmentName(mix.segment, index)));
  if (rows.length <= MOST_ROWS) return rows;
  const bySize = [...rows].sort((a, b) => b.total - a.total);
  const kept = new Set(bySize.slice(0, MOST_ROWS - 1));
  const others = rows.filter((row) => !kept.has(row)).map(({ mix }) => mix);
  const sum = (band: Band): BandShare => ({
    arr: others.reduce((total, mix) => total + atLeastZero(mix[band].arr), 0),
    accounts: others.reduce((total, mix) => total + mix[band].accounts, 0),
  });
  const name = `${others.length} other segments`;
  const rest = {
    segment: name,
    green: sum('green'),
    yellow: sum('yellow'),
    red: sum('red'),
    unscored: sum('unscored'),
  };
  return [...rows.filter((row) => kept.has(row)), rowOf(rest, { drawn: name, said: name })];
};

/** The figures of a row, amounts and counts included. */
export const rowWords = ({ name, parts, total, accounts }: Row, currency: string): string => {
  const shares = parts.map(
    ({ band, percent, arr, accounts: count }) =>
      `${band} ${percent} (${moneyWords(arr, currency)}, ${grouped(count)})`,
  );
  const size = `${moneyWords(total, currency)}, ${plural(accounts, 'account')}`;
  return `${name.said}: ${size}${shares.length === 0 ? '' : `: ${shares.join(', ')}`}.`;
};

function rowOf(mix: SegmentMix, name: ChartName): Row {
  const arrs = bands.map((band) => atLeastZero(mix[band].arr));
  const total = arrs.reduce((sum, arr) => sum + arr, 0);
  const accounts = bands.reduce((sum, band) => sum + mix[band].accounts, 0);
  const percents = distribute(
    100,
    total === 0 ? [100, 0, 0, 0] : arrs.map((arr) => (arr / total) * 100),
  );
  const parts = bands.flatMap((band, index) => {
    const arr = arrs[index] as Cents;
    if (arr === 0) return [];
    const percent = percents[index] === 0 ? '<1 %' : `${percents[index]} %`;
    return [{ band, arr, accounts: mix[band].accounts, percent }];
  });
  return { name, mix, total, accounts, parts };
}

function atLeastZero(arr: Cents): Cents {
  return Math.max(arr, 0);
}
