import type { Day } from '../../basics/day.ts';
import { type Cents, formatMoney } from '../../basics/money.ts';
import { plainText, plural } from '../../basics/text.ts';
import { points, pointsBetween, ratio } from '../words/change.ts';
import { shortDay } from '../words/days.ts';
import type { ArrBridge, BandMix, RenewalWeek, RevenueFigures } from './figures.ts';

// Each says what its chart shows, from its data: a title that would stand above any says nothing.

/** How retention stands to its targets. */
export const trendTitle = ({ nrr, grr, targetNrr, targetGrr, reason }: RevenueFigures): string => {
  if (nrr === null || grr === null)
    return `NRR and GRR are not known: ${reason ?? 'no reason given'}`;
  const [ofNrr, ofGrr] = [against(nrr, targetNrr), against(grr, targetGrr)];
  if (ofNrr === null || ofGrr === null) return `NRR is ${ratio(nrr)}, GRR ${ratio(grr)}`;
  return `NRR is ${ofNrr} target; GRR is ${ofGrr} it`;
};

function against(is: number, target: number | null): string | null {
  if (target === null) return null;
  const gap = pointsBetween(target, is);
  if (gap === 0) return 'at';
  return `${points(gap)} ${gap > 0 ? 'above' : 'below'}`;
}

/** The trend in words, for who does not see it. */
export const trendAbout = ({ trend, method }: RevenueFigures): string => {
  const [first, last] = [trend[0], trend.at(-1)];
  const how = `Twelve months to each month's end, ${method.replaceAll('_', ' ')}; the axis does not start at zero.`;
  if (first === undefined || last === undefined || first === last) return how;
  return `${how} ${trend.length - 1} months ago NRR was ${ratio(first.nrr)} and GRR ${ratio(first.grr)}.`;
};

/** By how much ARR changed, and by what. */
export const bridgeTitle = (bridge: ArrBridge, currency: string): string => {
  const money = (cents: Cents) => formatMoney(Math.abs(cents), currency);
  const won = bridge.newBusiness + bridge.reactivation + bridge.expansion + bridge.escalator;
  const lost = bridge.contraction + bridge.churn;
  const change = bridge.closing - bridge.opening;
  if (bridge.opening === 0)
    return `ARR came to ${money(bridge.closing)} from nothing twelve months ago`;
  if (change === 0)
    return `ARR is what it was twelve months ago: ${money(won)} won, ${money(lost)} lost`;
  const word = change > 0 ? 'grew' : 'shrank';
  return `ARR ${word} by ${money(change)} in twelve months: ${money(won)} won and expanded, ${money(lost)} lost${byRates(bridge.fx, money)}`;
};

/** How much ARR is in red accounts, and where most. */
export const healthTitle = (segments: readonly BandMix[], all: BandMix): string => {
  const share = redShare(all);
  if (share === null) return 'No customer has ARR yet';
  if (all.red.arr === 0) return 'No ARR is in red accounts';
  const named = [...segments].filter((mix) => (redShare(mix) ?? 0) > 0);
  const [worst] = named.sort((a, b) => (redShare(b) ?? 0) - (redShare(a) ?? 0));
  const whole = `${percent(share)} of ARR is in red accounts`;
  if (worst === undefined || segments.length < 2) return whole;
  return `${whole}, most of all in ${plainText(worst.segment, 40).replaceAll('_', ' ')} with ${percent(redShare(worst) ?? 0)}`;
};

const byRates = (fx: Cents, money: (cents: Cents) => string): string =>
  fx === 0 ? '' : `, ${money(fx)} ${fx > 0 ? 'more' : 'less'} by exchange rates`;

const redShare = ({ green, yellow, red, unscored }: BandMix): number | null => {
  const all = green.arr + yellow.arr + red.arr + unscored.arr;
  return all === 0 ? null : red.arr / all;
};

const percent = (share: number): string =>
  share > 0 && share < 0.005 ? 'under 1 %' : `${Math.round(share * 100)} %`;

/** When the money at risk is due. */
export const weeksTitle = (
  weeks: readonly RenewalWeek[],
  { asOf, currency, late }: { asOf: Day; currency: string; late: Cents },
): string => {
  const sum = (of: (week: RenewalWeek) => number) => weeks.reduce((all, week) => all + of(week), 0);
  const span = `the next ${plural(weeks.length, 'week')}`;
  if (sum(({ renewals }) => renewals) === 0) return `No renewal is due in ${span}`;
  const atRisk = sum((week) => week.atRisk);
  if (atRisk === 0) return `Nothing that is due in ${span} is at risk`;
  const money = (cents: Cents) => formatMoney(cents, currency);
  if (late * 2 > atRisk) {
    const some =
      late === atRisk ? `All of the ${money(atRisk)}` : `${money(late)} of the ${money(atRisk)}`;
    return `${some} at risk is late: the term is over, and nothing is signed`;
  }
  const [peak] = [...weeks].sort((a, b) => b.atRisk - a.atRisk || (a.weekOf < b.weekOf ? -1 : 1));
  const at = peak as RenewalWeek;
  if (at.atRisk === atRisk) {
    return `All of the ${money(atRisk)} at risk is due in the week from ${shortDay(at.weekOf, asOf)} on`;
  }
  return `${money(at.atRisk)} of the ${money(atRisk)} at risk is due in the week from ${shortDay(at.weekOf, asOf)} on`;
};
