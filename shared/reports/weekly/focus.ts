import { daysBetween } from '../../basics/day.ts';
import { plainText, plural } from '../../basics/text.ts';
import { capital } from '../words/capital.ts';
import { shortDay } from '../words/days.ts';
import { personName } from '../words/people.ts';
import type { WeeklyFigures } from './figures.ts';

/**
 * One lever at a time: how far it has come from where it began to its target, or, where none is in
 * focus, which measure costs the customer base most.
 */
export const focusSentence = ({
  focus,
  health,
  asOf,
}: WeeklyFigures): { readonly title: string; readonly says: string } => {
  if (focus === null) {
    const title = 'No lever is in focus';
    const costliest = health?.costliest ?? null;
    if (costliest === null) return { title, says: 'Name one in reports.focus.' };
    const { measure, lost } = costliest;
    return {
      title,
      says: `The measure that costs the customer base most is ${measure}: ${lost.toFixed(1)} points of the mean score. Name a lever in reports.focus to follow it here.`,
    };
  }
  const { lever, owner, since, fromPoints, targetPoints } = focus;
  const measure = focus.measure.replaceAll('_', ' ');
  const now = health?.focusPoints ?? null;
  const name = plainText(lever, 80);
  const days = daysBetween(since, asOf);
  const about = `${personName(owner)}, since ${shortDay(since, asOf)} (${plural(Math.max(0, days), 'day')})`;
  if (now === null) {
    const says = `Its measure, ${measure}, is not known this week. ${about}.`;
    return { title: `In focus: ${name}`, says };
  }
  const share = (now - fromPoints) / (targetPoints - fromPoints);
  const says = `${capital(measure)} stands at ${now.toFixed(1)} points; it began at ${fromPoints} and is to reach ${targetPoints}. ${about}.`;
  return { title: `In focus: ${name}, ${progress(share)}`, says };
};

function progress(share: number): string {
  if (share >= 1) return 'target reached';
  if (share < 0) return 'below where it began';
  return `${Math.round(share * 100)} % of the way`;
}
