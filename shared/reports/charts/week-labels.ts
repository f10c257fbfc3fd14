import { shortDay } from '../words/days.ts';
import { amountsWithin } from './chart-money.ts';
import { type Box, keptWithin, type Label, labelBox, overlaps } from './marks.ts';
import type { Week } from './renewal-weeks.ts';
import { textWidth } from './text-width.ts';

/** A week, and the box its parts fill. */
export interface Stack {
  readonly week: Week;
  readonly box: Box;
}

/** Above the stacks, the largest first: what has no room between its neighbours is left to the alt text. */
export const totalLabels = (
  stacks: readonly Stack[],
  place: { currency: string; width: number; step: number },
): { labels: readonly Label[]; says: string | null } => {
  const size = place.step < 34 ? 11 : 12;
  const { texts, says } = amountsWithin(
    stacks.map(({ week }) => ({ cents: week.total, kind: 'amount' })),
    { currency: place.currency, room: place.step - 2, size },
  );
  const taken: Box[] = stacks.map(({ box }) => box);
  const bySize = stacks.map((stack, index) => ({ ...stack, text: texts[index] as string }));
  bySize.sort((a, b) => b.week.total - a.week.total);
  const labels: Label[] = [];
  for (const { week, box, text } of bySize) {
    if (week.total === 0) continue;
    const at = { x: box.x + box.width / 2, y: box.y - 4 };
    const label = keptWithin({ text, ...at, size, weight: 600, colour: 'ink' }, place.width);
    if (taken.some((other) => overlaps(labelBox(label), other))) continue;
    taken.push(labelBox(label));
    labels.push(label);
  }
  return { labels, says };
};

/** Under every bar, or under every second, third, …: as many as there is room for. */
export const weekLabels = (
  stacks: readonly Stack[],
  place: { y: number; width: number },
): readonly Label[] => {
  const [first] = stacks as [Stack];
  const size = 12;
  const texts = stacks.map(({ week }) => shortDay(week.of, first.week.of));
  const widest = Math.max(...texts.map((text) => textWidth(text, size))) + 12;
  const step = stacks.length < 2 ? place.width : (stacks[1] as Stack).box.x - first.box.x;
  const every = Math.ceil(widest / step);
  return stacks.flatMap(({ box }, index): Label[] => {
    if (index % every !== 0) return [];
    const text = texts[index] as string;
    const at = { x: box.x + box.width / 2, y: place.y };
    return [keptWithin({ text, ...at, size, colour: 'muted' }, place.width)];
  });
};
