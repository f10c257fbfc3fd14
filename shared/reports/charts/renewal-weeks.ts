import type { Day } from '../../basics/day.ts';
import type { Cents } from '../../basics/money.ts';
import { plural } from '../../basics/text.ts';
import { shortDay } from '../words/days.ts';
import { moneyWords } from './chart-money.ts';

/** ARR that is up for renewal in a week; each renewal counts in one of the parts. */
export interface RenewalsOfWeek {
  readonly weekOf: Day;
  readonly renewals: number;
  readonly won?: Cents;
  readonly commit: Cents;
  readonly bestCase: Cents;
  readonly atRisk: Cents;
}

/** From the floor up: what is sure carries what is not. */
export const parts = ['won', 'commit', 'bestCase', 'atRisk'] as const;

export type Part = (typeof parts)[number];

export const partNames: Readonly<Record<Part, string>> = {
  won: 'Won',
  commit: 'Commit',
  bestCase: 'Best case',
  atRisk: 'At risk',
};

export interface Week {
  readonly of: Day;
  readonly renewals: number;
  readonly total: Cents;
  readonly amounts: Readonly<Record<Part, Cents>>;
}

/** A week with its sum; what is below nothing counts as nothing. */
export const toWeek = ({ weekOf: of, renewals, won = 0, ...amounts }: RenewalsOfWeek): Week => {
  const whole = {
    won: Math.max(won, 0),
    commit: Math.max(amounts.commit, 0),
    bestCase: Math.max(amounts.bestCase, 0),
    atRisk: Math.max(amounts.atRisk, 0),
  };
  return { of, renewals, amounts: whole, total: parts.reduce((sum, part) => sum + whole[part], 0) };
};

/** The figures of every week. */
export const weeksWords = (weeks: readonly Week[], currency: string): string => {
  const renewals = weeks.reduce((sum, week) => sum + week.renewals, 0);
  const total = weeks.reduce((sum, week) => sum + week.total, 0);
  const lines = weeks.map(({ of, renewals: count, amounts, total: sum }) => {
    const day = shortDay(of, weeks[0]?.of ?? of);
    if (sum === 0) return `${day}: none`;
    const said = parts
      .filter((part) => amounts[part] > 0)
      .map((part) => `${partNames[part].toLowerCase()} ${moneyWords(amounts[part], currency)}`);
    return `${day}: ${moneyWords(sum, currency)}, ${plural(count, 'renewal')} (${said.join(', ')})`;
  });
  const head = `${moneyWords(total, currency)} up for renewal in ${plural(weeks.length, 'week')}, ${plural(renewals, 'renewal')}.`;
  return `${head} By the week that begins: ${lines.join('; ')}.`;
};
