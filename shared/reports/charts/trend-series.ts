import { plural } from '../../basics/text.ts';
import { monthNumber, monthWords, percentWords, targetWords } from './chart-words.ts';

/** Retention month by month; ratios, 1.115 is 111.5 %. */
export interface Trend {
  readonly months: readonly {
    /** 2026-05. */
    readonly month: string;
    readonly nrr: number | null;
    readonly grr: number | null;
  }[];
  readonly targets: { readonly nrr: number | null; readonly grr: number | null };
  readonly width?: number;
}

/** A place on the axis, and the figure of that month if there is one. */
export interface Point {
  readonly month: number;
  readonly ratio: number | null;
}

/** What a panel shows, before it has a place. */
export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
  readonly known: readonly (Point & { readonly ratio: number })[];
  readonly target: number | null;
}

/** More months than these are no trend but an archive. */
const MOST_MONTHS = 60;

/** NRR and GRR of every month from the first to the last, those that nothing is said of included. */
export const trendSeries = ({ months, targets }: Trend): readonly Series[] => {
  const axis = everyMonth(months.map(({ month }) => monthNumber(month)));
  const by = new Map(months.map((row) => [monthNumber(row.month), row]));
  const of = (name: string, key: 'nrr' | 'grr'): Series => {
    const points = axis.map((month) => ({ month, ratio: finite(by.get(month)?.[key]) }));
    const known = points.filter((point) => point.ratio !== null) as Series['known'];
    return { name, points, known, target: finite(targets[key]) };
  };
  return [of('NRR', 'nrr'), of('GRR', 'grr')];
};

/** The figures of a series that one would read off its line. */
export const seriesWords = ({ name, points, known, target }: Series): string => {
  const last = known.at(-1);
  if (last === undefined) return `${name}: no figure yet.`;
  const said = ({ month, ratio }: Series['known'][number]) =>
    `${percentWords(ratio)} in ${monthWords(month)}`;
  const [first] = known as [Series['known'][number]];
  const lowest = known.reduce((low, point) => (point.ratio < low.ratio ? point : low));
  const highest = known.reduce((high, point) => (point.ratio > high.ratio ? point : high));
  const gaps = points.length - known.length;
  const parts = [
    `${name} ${said(last)}${target === null ? '' : `, target ${targetWords(target)}`}`,
    ...(known.length > 1 ? [`from ${said(first)}`] : []),
    ...(known.length > 2 ? [`lowest ${said(lowest)}`, `highest ${said(highest)}`] : []),
    ...(gaps > 0 ? [`no figure for ${plural(gaps, 'month')}`] : []),
  ];
  return `${parts.join('; ')}.`;
};

function everyMonth(months: readonly number[]): number[] {
  if (months.length === 0) return [];
  const last = Math.max(...months);
  const first = Math.max(Math.min(...months), last - MOST_MONTHS + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function finite(ratio: number | null | undefined): number | null {
  return ratio !== undefined && Number.isFinite(ratio) ? ratio : null;
}
