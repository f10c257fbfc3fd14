import type { Segment } from './company.ts';
import type { RandomStream } from './random-stream.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** Seconds since 1970. */
interface TicketCourse {
  readonly dueAt: number;
  readonly respondedAt: number;
  readonly closedAt: number;
  readonly late: boolean;
}

/** Hours to the first response that support has promised. */
const promisedHours: Readonly<Record<Severity, number>> = {
  critical: 1,
  high: 4,
  medium: 12,
  low: 24,
};

const patience: Readonly<Record<Segment, number>> = { Enterprise: 1, 'Mid-market': 2, SMB: 4 };

/** Evenly spaced quantiles of the hours from the first response to the end. */
const hoursToSolve: Readonly<Record<Severity, readonly number[]>> = {
  critical: [1, 4, 8, 20, 70],
  high: [2, 10, 26, 60, 190],
  medium: [1, 20, 60, 130, 420],
  low: [1, 8, 60, 190, 700],
};

/** When a ticket is answered and solved; where there is trouble, later and more slowly. */
export const ticketCourse = (
  {
    openedAt,
    severity,
    segment,
    trouble,
  }: { openedAt: number; severity: Severity; segment: Segment; trouble: number },
  random: RandomStream,
): TicketCourse => {
  const promised = promisedHours[severity] * patience[segment] * 3_600;
  const late = random.chance(0.09 + 0.3 * trouble);
  const taken = promised * (late ? random.between(1.05, 3.5) : random.between(0.05, 0.95));
  const respondedAt = openedAt + Math.round(taken);
  const hours = random.quantile(hoursToSolve[severity]) * (1 + 2 * trouble);
  return {
    dueAt: openedAt + promised,
    respondedAt,
    closedAt: respondedAt + Math.round(hours * 3_600),
    late,
  };
};
