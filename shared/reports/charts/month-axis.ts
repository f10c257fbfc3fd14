import { scalePoint } from 'd3-scale';
import type { Html } from '../escape.ts';
import { monthLabel } from './chart-words.ts';
import { type Label, labelBox, labelMark } from './marks.ts';
import type { Room } from './trend-panel.ts';

/** Steps that a reader counts along without thinking. */
const STEPS = [1, 2, 3, 4, 6, 12, 24, 60];
const BETWEEN = 10;

/** The months below a trend: the last always, the others at the shortest even step that leaves room. */
export const monthAxis = (options: { axis: readonly number[]; y: number; room: Room }): Html[] => {
  const { axis, y, room } = options;
  const right = room.right - 6;
  const x = scalePoint(axis, axis.length === 1 ? [right, right] : [room.left, right]);
  const labelled = (step: number): Label[] =>
    axis
      .filter((_, index) => (axis.length - 1 - index) % step === 0)
      .map((month, index, all) => {
        const isLast = index === all.length - 1;
        const withYear = isLast || index === 0 || month % 12 === 0;
        const anchor = isLast ? 'end' : month === axis[0] ? 'start' : 'middle';
        const shift = isLast ? 6 : month === axis[0] ? -room.left : 0;
        const at = (x(month) as number) + shift;
        return { text: monthLabel(month, withYear), x: at, y, size: 12, colour: 'muted', anchor };
      });
  const step = STEPS.find((one) => isRoomy(labelled(one))) ?? axis.length;
  return labelled(step).map(labelMark);
};

function isRoomy(labels: readonly Label[]): boolean {
  const boxes = labels.map(labelBox);
  return boxes.every((box, index) => {
    const before = boxes[index - 1];
    if (before === undefined) return box.x >= 0;
    return before.x + before.width + BETWEEN <= box.x;
  });
}
