import type { Segment } from '../config/schema.ts';
import type { AccountRow } from '../features/account-row.ts';

/** The segment an account belongs to: the one its own data names, else the one its ARR falls in. */
export const segmentOf = (
  { segmentName, arrCents }: Pick<AccountRow, 'segmentName' | 'arrCents'>,
  segments: readonly Segment[],
): Segment => {
  const named =
    segmentName === null ? undefined : segments.find(({ values }) => values.includes(segmentName));
  const byArr = segments.find(({ arr_at_least }) => arrCents >= arr_at_least * 100);
  // Config guarantees that the last segment begins at 0.
  return named ?? byArr ?? (segments.at(-1) as Segment);
};
