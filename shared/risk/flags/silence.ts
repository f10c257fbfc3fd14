import { daysBetween } from '../../basics/day.ts';
import { plural } from '../../basics/text.ts';
import type { AccountRow } from '../../features/account-row.ts';
import { clear, type Flag, raised, unknown } from '../flag.ts';
import { severityAbove, worseOf } from '../severity.ts';

/** A customer who no longer talks to us is talking to somebody else, or has stopped caring. */
export const silence: Flag = {
  id: 'silence',
  category: 'champion_turnover',
  question: 'Have we not talked for much longer than planned?',
  needs: ['touchpoints.at'],

  judge(account, { policy: { silence: rule }, isOpen, band, touchDays }) {
    // Somebody we never talked to has been silent since they came.
    const since = account.lastTouchOn ?? account.customerSince;
    if (since === null) return neverHeardOf;
    const days = daysBetween(since, account.asOf);
    const severity = severityAbove(days / touchDays, rule.rhythms, isOpen);
    if (severity === null) return clear;
    return raised(
      band === 'red' ? worseOf(severity, rule.when_red) : severity,
      `No call or meeting ${inDays(account, days)}, where ${touchDays} are planned${mail(account)}`,
    );
  },
};

const inDays = ({ lastTouchOn }: AccountRow, days: number): string =>
  lastTouchOn === null
    ? `in all ${plural(days, 'day')} as a customer`
    : `for ${plural(days, 'day')}`;

function mail({ asOf, lastTouchOn, lastContactOn }: AccountRow): string {
  if (lastContactOn === null || lastContactOn === lastTouchOn) return '';
  return `; the last e-mail was ${plural(daysBetween(lastContactOn, asOf), 'day')} ago`;
}

const neverHeardOf = unknown('neither a talk nor a first contract is recorded');
