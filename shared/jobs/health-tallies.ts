import { driftTally } from '../health/drift-guard.ts';
import { measureHealthTally } from '../health/measure-health.ts';
import { parentTally } from '../health/parent-health.ts';
import { segmentHealthTally } from '../health/segment-health.ts';

/** What is counted of accounts as they stream past, and added up over the ranges of a run. */
export const healthTallies = () => {
  const segments = segmentHealthTally();
  const measures = measureHealthTally();
  const parents = parentTally();
  const drift = driftTally();
  const whole = { weighted: 0, arrCents: 0, overridden: 0 };

  return {
    segments,
    measures,
    parents,
    drift,
    /** Scores weighted by ARR, the ARR of the scored, and customers whose band is an override's. */
    whole,
    counted: {
      segments: segments.counted,
      measures: measures.counted,
      parents: parents.counted,
      drift: drift.counted,
      whole,
    },
    /** Adds what was counted of the accounts that come next. */
    absorb(counted: HealthCounted): void {
      segments.absorb(counted.segments);
      measures.absorb(counted.measures);
      parents.absorb(counted.parents);
      drift.absorb(counted.drift);
      whole.weighted += counted.whole.weighted;
      whole.arrCents += counted.whole.arrCents;
      whole.overridden += counted.whole.overridden;
    },
  };
};

export type HealthTallies = ReturnType<typeof healthTallies>;

/** What one range of accounts has counted: plain data that may come from another processor. */
export interface HealthCounted {
  readonly segments: Parameters<HealthTallies['segments']['absorb']>[0];
  readonly measures: Parameters<HealthTallies['measures']['absorb']>[0];
  readonly parents: Parameters<HealthTallies['parents']['absorb']>[0];
  readonly drift: Float64Array;
  readonly whole: {
    readonly weighted: number;
    readonly arrCents: number;
    readonly overridden: number;
  };
}
