import { type Ladder, type Severity, severities } from '../config/risk-fields.ts';

/** Places severities, the worst first. */
export const severityRank: Readonly<Record<Severity, number>> = {
  critical: 0,
  high: 1,
  medium: 2,
  low: 3,
};

export const worseOf = (a: Severity, b: Severity): Severity =>
  severityRank[a] <= severityRank[b] ? a : b;

/**
 * How bad a number is that is worse the higher it is; null when it is not bad. A flag that is open
 * holds on, at its mildest, until the number is back where it clears: what hovers about a border
 * would otherwise come and go by the day.
 */
export const severityAbove = (value: number, ladder: Ladder, isOpen: boolean): Severity | null =>
  severities.find((severity) => value >= (ladder[severity] ?? Number.POSITIVE_INFINITY)) ??
  (isOpen && value > ladder.clears_at ? mildestOf(ladder) : null);

/** The same for a number that is worse the lower it is. */
export const severityBelow = (value: number, ladder: Ladder, isOpen: boolean): Severity | null =>
  severities.find((severity) => value <= (ladder[severity] ?? Number.NEGATIVE_INFINITY)) ??
  (isOpen && value < ladder.clears_at ? mildestOf(ladder) : null);

/** The least severity that the ladder knows; the config guarantees that it knows one. */
export const mildestOf = (ladder: Ladder): Severity =>
  severities.findLast((severity) => ladder[severity] !== null) ?? 'low';
