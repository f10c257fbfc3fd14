import { daysBetween } from '../../basics/day.ts';
import { plainText, plural } from '../../basics/text.ts';
import type { AccountRow } from '../../features/account-row.ts';
import { clear, type Flag, raised } from '../flag.ts';
import { mildestOf, severityAbove, worseOf } from '../severity.ts';

/** What was promised and not reached is what the buyer remembers at the renewal. */
export const outcomeMissed: Flag = {
  id: 'outcome_missed',
  category: 'value_gap',
  question: 'Is an agreed outcome past its date and not reached?',
  needs: [['success_plans.due_on', 'success_plans.status']],

  judge(account, { policy: { outcome_missed: rule }, isOpen, stage }) {
    const { asOf, objectivesMissed, missedObjectiveOn, outcomeProgress } = account;
    if (objectivesMissed === 0) return clear;
    // Given up ahead of its date, or without one: missed as of today.
    const daysMissed =
      missedObjectiveOn === null ? 0 : Math.max(0, daysBetween(missedObjectiveOn, asOf));
    const severity =
      daysMissed === 0
        ? mildestOf(rule.days_missed)
        : severityAbove(daysMissed, rule.days_missed, isOpen);
    if (severity === null) return clear;
    const evidence = evidenceOf(account, daysMissed);
    // A date missed by a hair is worth a word, and no alarm.
    if (outcomeProgress !== null && outcomeProgress >= rule.nearly) {
      return raised(rule.when_nearly, evidence);
    }
    return stage === 'renewing'
      ? raised(worseOf(severity, rule.renewing), `${evidence}, with the renewal ahead`)
      : raised(severity, evidence);
  },
};

function evidenceOf(account: AccountRow, daysMissed: number): string {
  const { missedObjective, objectivesMissed, outcomeProgress } = account;
  const outcome = missedObjective === null ? 'An objective' : `“${plainText(missedObjective)}”`;
  const since = daysMissed === 0 ? 'has been given up' : `was due ${plural(daysMissed, 'day')} ago`;
  const more = objectivesMissed > 1 ? ` (${objectivesMissed} objectives missed in all)` : '';
  const progress =
    outcomeProgress === null
      ? ''
      : `; agreed outcomes stand at ${Math.round(100 * outcomeProgress)} %`;
  return `${outcome} ${since}${more}${progress}`;
}
