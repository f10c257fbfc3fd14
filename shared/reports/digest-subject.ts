import type { Day } from '../basics/day.ts';
import { type Cents, formatMoney } from '../basics/money.ts';
import { grouped, plainText, plural } from '../basics/text.ts';
import type { DigestRenewal } from './digest-renewal.ts';
import type { DigestTotals } from './digest-totals.ts';
import { daysLeft, shortDay } from './words/days.ts';

interface Subject {
  readonly totals: DigestTotals;
  /** The most urgent one. */
  readonly first: DigestRenewal;
  readonly asOf: Day;
  readonly currency: string;
}

/** The figures, so that the list of mails says what has to be decided by when. */
export const digestSubject = ({ totals, first, asOf, currency }: Subject): string => {
  const { renewals, due, lastDecision, atRisk, atRiskDue } = totals;
  const what = renewals === 1 ? plainText(first.name, 40) : plural(renewals, 'renewal');
  const needs = totals.missing + atRisk > 0;
  const who = needs
    ? `${what} ${renewals === 1 ? 'needs' : 'need'} you`
    : `${what} at a milestone, nothing missing`;
  const money = (cents: Cents) => formatMoney(cents, currency);
  const isAll = atRisk === renewals;
  const doubt = atRisk === 0 ? '' : `, ${isAll ? '' : `${money(atRiskDue)} of it `}at risk`;
  return `${who}: ${money(due)} ${decided(lastDecision, asOf)}${doubt}`;
};

/** What the mailbox shows beside the subject: the first thing to do. */
export const digestPreheader = ({ first, asOf }: Pick<Subject, 'first' | 'asOf'>): string => {
  const name = plainText(first.name, 40);
  const { nextAction } = first;
  if (nextAction !== null) {
    const by = nextAction.isOverdue ? 'overdue' : `by ${shortDay(nextAction.dueOn, asOf)}`;
    return `First ${name}, ${by}: ${plainText(nextAction.action, 140)}`;
  }
  return first.score === null
    ? `First ${name}: nothing is known of how ready it is.`
    : `First ${name}: of what is known nothing is missing.`;
};

/** The one sentence on top: what is worst, and of how much. */
export const digestConclusion = ({ totals, first, currency }: Omit<Subject, 'asOf'>): string => {
  const { renewals, due, atRisk, atRiskDue, overdue, withOverdue, missing, done } = totals;
  const [whole, risky] = [formatMoney(due, currency), formatMoney(atRiskDue, currency)];
  if (atRisk > 0) {
    if (renewals === 1) return `${plainText(first.name, 60)} is at risk with ${whole}`;
    if (atRisk === renewals)
      return `All ${plural(renewals, 'renewal')} at a milestone are at risk: ${whole}`;
    return `${risky} of the ${whole} at a milestone is at risk`;
  }
  const one = renewals === 1 ? plainText(first.name, 60) : `${plural(renewals, 'renewal')}`;
  const some = withOverdue < renewals ? `${grouped(withOverdue)} of ${one}` : one;
  if (overdue > 0) return `${things(overdue)} overdue for ${some}`;
  if (missing > 0) return `Nothing is overdue, and ${things(missing)} left to do for ${one}`;
  return done === 0
    ? `Nothing is known yet of how ready ${one} ${renewals === 1 ? 'is' : 'are'}`
    : `Of what is known nothing is missing for ${one}`;
};

/** The two lines below it. */
export const digestLede = ({ totals, asOf, currency }: Omit<Subject, 'first'>): string => {
  const { renewals, due, expected, withoutForecast, firstDecision } = totals;
  const up = `${plural(renewals, 'renewal')} with ${formatMoney(due, currency)} reached a milestone.`;
  const when =
    firstDecision === null
      ? 'The day to decide is past.'
      : `The ${renewals === 1 ? '' : 'first '}decision is on ${shortDay(firstDecision, asOf)}, ${daysLeft(firstDecision, asOf)}.`;
  const stays =
    withoutForecast > 0 ? '' : ` ${formatMoney(expected, currency)} is expected to stay.`;
  return `${up} ${when}${stays}${tasks(totals)}`;
};

function tasks({ done, missing, overdue, unknown }: DigestTotals): string {
  const all = done + missing + unknown;
  if (all === 0) return '';
  const late = overdue === 0 ? '' : ` (${grouped(overdue)} overdue)`;
  const parts = [
    ...(done > 0 ? [`${grouped(done)} done`] : []),
    ...(missing > 0 ? [`${grouped(missing)} missing${late}`] : []),
    ...(unknown > 0 ? [`${grouped(unknown)} unknown`] : []),
  ];
  return ` Of ${plural(all, 'item')} to be ready: ${parts.join(', ')}.`;
}

const things = (count: number): string => `${plural(count, 'item')} ${count === 1 ? 'is' : 'are'}`;

function decided(last: Day | null, asOf: Day): string {
  if (last === null) return 'past its day to decide';
  return last === asOf ? 'decided today' : `decided by ${shortDay(last, asOf)}`;
}
