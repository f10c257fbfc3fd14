import { pointsOfUse } from '../../health/points-of-use.ts';
import { clear, type Flag, raised, unknown } from '../flag.ts';
import { severityBelow } from '../severity.ts';

/** Busy is not successful: use without outcomes is cut once somebody asks what it was for. */
export const usageTrap: Flag = {
  id: 'usage_trap',
  category: 'value_gap',
  question: 'Do they use it much and reach little?',
  needs: [['success_plans.actual', 'success_plans.status']],

  judge({ objectives, outcomeProgress }, context) {
    const { usage_trap: rule } = context.policy;
    // In the first weeks nobody has reached anything yet.
    if (context.stage === 'onboarding') return clear;
    const points = pointsOfUse(context);
    if (points === null) return useUnknown;
    if (points < (context.isOpen ? rule.clears_at_points : rule.points)) return clear;

    if (outcomeProgress === null) {
      if (!context.expectsOutcomes) return objectives === 0 ? clear : unmeasured;
      const gap = objectives === 0 ? 'no outcome has been agreed' : 'no agreed outcome is measured';
      return raised(
        rule.unmeasured,
        `Use is worth ${Math.round(points)} of 100 points, but ${gap}`,
      );
    }
    const severity = severityBelow(outcomeProgress, rule.progress, context.isOpen);
    if (severity === null) return clear;
    return raised(
      severity,
      `Use is worth ${Math.round(points)} of 100 points, but agreed outcomes stand at ${Math.round(100 * outcomeProgress)} %`,
    );
  },
};

const useUnknown = unknown('neither usage_trend nor seat_use is known');
const unmeasured = unknown('no objective has been measured');
