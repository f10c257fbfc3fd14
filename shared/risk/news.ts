import { type Day, daysBetween } from '../basics/day.ts';
import { plainText, plural } from '../basics/text.ts';
import type { RiskPolicy } from '../config/risk.ts';
import { clear, type FlagContext, raised, type Signal } from './flag.ts';

interface News {
  /** What was heard of, in words. */
  readonly topic: string;
  readonly heardOn: Day | null;
  readonly note: string | null;
  readonly asOf: Day;
}

/** Something heard about an account: it matters while it is fresh, and most when they decide. */
export const judgeNews = (
  { topic, heardOn, note, asOf }: News,
  rule: RiskPolicy['flags']['competitor'],
  { isOpen, stage }: FlagContext,
): Signal => {
  if (heardOn === null) return clear;
  const daysAgo = daysBetween(heardOn, asOf);
  if (daysAgo > (isOpen ? rule.clears_after_days : rule.within_days)) return clear;
  const said = note === null ? '' : `: “${plainText(note, 120)}”`;
  return raised(
    stage === 'renewing' ? rule.renewing : rule.severity,
    `${topic} heard of ${plural(daysAgo, 'day')} ago${stage === 'renewing' ? ', with the renewal ahead' : ''}${said}`,
  );
};
