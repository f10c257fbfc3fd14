import type { AccountRow } from '../../features/account-row.ts';
import type { Gate, GateContext } from '../gate.ts';
import { pointsOfUse } from '../points-of-use.ts';

/** High use without an outcome is a habit nobody can defend when the budget is cut. */
export const usageTrap: Gate = {
  id: 'usage_trap',
  // Either measure of use will do: sessions, or active users with seats.
  needs: [
    ['usage_daily.sessions', 'usage_daily.active_users'],
    ['usage_daily.sessions', 'contracts.seats', 'accounts.entitled_seats'],
    'success_plans.actual',
    'success_plans.status',
  ],
  isOn: (policy) => policy.usage_trap_points !== null,

  judge(account, context) {
    const highFrom = context.policy.usage_trap_points;
    if (highFrom === null) return null;
    const points = pointsOfUse(context);
    if (points === null || points < highFrom) return null;
    const gap = outcomeGap(account, context);
    if (gap === null) return null;
    return { cap: 'yellow', reason: `high use (${Math.floor(points)} of 100 points), ${gap}` };
  },
};

/** What is missing of the outcomes; null when they are on their way. */
function outcomeGap(
  { outcomeProgress }: AccountRow,
  { policy, expectsOutcomes, stage }: GateContext,
): string | null {
  // Outcomes take time: nobody is to blame for having none in the first weeks.
  if (stage === 'onboarding') return null;
  if (outcomeProgress === null) return expectsOutcomes ? 'and no outcome is measured' : null;
  if (outcomeProgress >= policy.usage_trap_outcomes) return null;
  return `outcomes at ${Math.floor(outcomeProgress * 100)} % of target`;
}
