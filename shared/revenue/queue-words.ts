import type { QueueCandidate } from './queue-candidate.ts';

/** An id as a person reads it in a sentence: usage_decline is usage decline. */
export const words = (id: string): string => id.replaceAll('_', ' ');

/** The band, and the score where there is one: Red at 32 points. */
export const standing = ({ band, score }: Pick<QueueCandidate, 'band' | 'score'>): string =>
  `${band.slice(0, 1).toUpperCase()}${band.slice(1)}${score === null ? '' : ` at ${score} points`}`;

export const percent = (share: number): string => `${Math.round(100 * share)} %`;
