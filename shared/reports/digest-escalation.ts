import type { DigestItem } from './digest-renewal.ts';

/** An item of this weight or more is what a renewal fails by. */
const HEAVY = 10;

interface Reached {
  readonly milestoneDays: number;
  /** Category of its forecast; null when it has none. */
  readonly category: string | null;
  readonly items: readonly Pick<DigestItem, 'title' | 'weight' | 'isOverdue'>[];
}

/**
 * Why the manager has to know of a renewal that reached a milestone, in words that follow its name;
 * null when the owner alone does. Near the end a renewal at risk, or one whose opportunity was lost
 * while no notice is known; at the very end also a heavy item that is overdue. `steps` are the
 * milestones of its segment in days.
 */
export const escalationOf = (
  { milestoneDays, category, items }: Reached,
  steps: readonly number[],
): string | null => {
  const nearest = [...steps].sort((a, b) => a - b);
  const isLast = milestoneDays <= (nearest[0] ?? 0);
  const isNearEnd = milestoneDays <= (nearest[1] ?? nearest[0] ?? 0);
  const at = `at its ${milestoneDays}-day milestone`;
  if (isNearEnd && category === 'at_risk') return `is at risk ${at}`;
  if (isNearEnd && category === 'lost') {
    return `lost its opportunity, with no notice known, and is ${at}`;
  }
  const heavy = items.filter(({ isOverdue, weight }) => isOverdue && weight >= HEAVY);
  if (!isLast || heavy.length === 0) return null;
  return `is ${at}, its last, with “${heavy.map(({ title }) => title).join('”, “')}” overdue`;
};
