/** After so long a time so many had left, and so many were last seen still here. */
export interface Observation {
  readonly time: number;
  readonly events: number;
  readonly censored: number;
}

/** What a curve says of one time. Error and limits are null once the curve is at 0. */
export interface SurvivalPoint {
  /** Those whose time was as long or longer. */
  readonly atRisk: number;
  /** Share that is still here when that time is over. */
  readonly survival: number;
  readonly stdError: number | null;
  /** Limits of 95 % confidence. */
  readonly lower: number | null;
  readonly upper: number | null;
}

export interface SurvivalStep extends SurvivalPoint {
  readonly time: number;
  readonly events: number;
}

/**
 * How long customers stay, reckoned from those who left and those who are still here alike. One
 * step for each time observed; who was last seen at a time still counts as at risk in it. Sources:
 * E. L. Kaplan and P. Meier, J. Am. Stat. Assoc. 53 (1958) 457, for the curve; M. Greenwood (1926)
 * for its variance; limits on the log scale as R's survival::survfit has them by default.
 */
export const kaplanMeier = (observations: Iterable<Observation>): SurvivalStep[] => {
  const ordered = inOrder(observations);
  let atRisk = ordered.reduce((sum, { events, censored }) => sum + events + censored, 0);
  let survival = 1;
  let logVariance = 0;
  return ordered.map(({ time, events, censored }) => {
    const left = atRisk - events;
    survival *= left / atRisk;
    logVariance += events / (atRisk * left);
    const step = { time, atRisk, events, survival, ...spreadOf(survival, logVariance) };
    atRisk = left - censored;
    return step;
  });
};

/** What the curve says of any time; null past the last observed, of which it says nothing. */
export const survivalAt = (steps: readonly SurvivalStep[], time: number): SurvivalPoint | null => {
  const next = steps.find((step) => step.time >= time);
  if (next === undefined) return null;
  const { survival, stdError, lower, upper } =
    steps.findLast((step) => step.time <= time) ?? BEFORE_ANY;
  return { atRisk: next.atRisk, survival, stdError, lower, upper };
};

/** The same as it is shown: null with a reason where too few are at risk to tell. */
export interface SurvivalFigure
  extends Pick<SurvivalPoint, 'atRisk' | 'stdError' | 'lower' | 'upper'> {
  readonly survival: number | null;
  readonly reason: string | null;
}

/** Hides what so few customers tell that it would be read as more than chance. */
export const figureAt = (
  steps: readonly SurvivalStep[],
  time: number,
  smallest: number,
): SurvivalFigure => {
  const point = survivalAt(steps, time);
  if (point !== null && point.atRisk >= smallest) return { ...point, reason: null };
  const atRisk = point?.atRisk ?? 0;
  const reason = atRisk === 0 ? 'nobody at risk' : `fewer than ${smallest} customers at risk`;
  return { atRisk, survival: null, stdError: null, lower: null, upper: null, reason };
};

const BEFORE_ANY = { survival: 1, stdError: 0, lower: 1, upper: 1 };

/** 97.5 % of a normal distribution lie below so many standard errors. */
const Z_95 = 1.959963984540054;

function spreadOf(survival: number, logVariance: number) {
  if (survival === 0) return { stdError: null, lower: null, upper: null };
  const logError = Math.sqrt(logVariance);
  return {
    stdError: survival * logError,
    lower: survival * Math.exp(-Z_95 * logError),
    upper: Math.min(1, survival * Math.exp(Z_95 * logError)),
  };
}

function inOrder(observations: Iterable<Observation>): Observation[] {
  const byTime = new Map<number, Observation>();
  for (const { time, events, censored } of observations) {
    if (events + censored === 0) continue;
    const same = byTime.get(time) ?? { events: 0, censored: 0 };
    const both = { events: same.events + events, censored: same.censored + censored };
    byTime.set(time, { time, ...both });
  }
  return [...byTime.values()].sort((a, b) => a.time - b.time);
}
