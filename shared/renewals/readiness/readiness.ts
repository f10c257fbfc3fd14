import { addDays, type Day } from '../../basics/day.ts';
import { roundTo } from '../../basics/ratio.ts';
import type { ReadinessItemId, ReadinessOwner, ReadinessPolicy } from '../../config/readiness.ts';
import type { Segment } from '../../config/schema.ts';
import type { AccountRow } from '../../features/account-row.ts';
import type { Answerable } from '../../health/answerable.ts';
import { type Readiness, type ReadinessContext, type ReadinessItem, unknown } from './item.ts';
import { readinessItems } from './items/index.ts';
import { itemOwner, type OwnerOfItem } from './owner.ts';

/** One item of a renewal as it stands today. */
export interface ReadyItem extends Readiness, OwnerOfItem {
  readonly id: ReadinessItemId;
  readonly title: string;
  readonly weight: number;
  /** Days before the clock runs out by which it is to be done. */
  readonly dueMilestone: number;
  /** That day, or as_of where it has passed. */
  readonly dueOn: Day;
  /** It is missing, and should have been done by now. */
  readonly isOverdue: boolean;
  readonly owner: ReadinessOwner;
}

/** What to do first, who is to do it, and by when. */
export interface NextAction extends OwnerOfItem {
  readonly item: ReadinessItemId;
  readonly action: string;
  readonly evidence: string;
  readonly dueOn: Day;
  readonly isOverdue: boolean;
  readonly owner: ReadinessOwner;
}

/** How ready a renewal is. */
export interface RenewalReadiness {
  /** Weight done ÷ weight known, 0 to 100 with one decimal; null when none is known. */
  readonly score: number | null;
  /** Weight known ÷ weight asked, 0 to 1. */
  readonly coverage: number;
  readonly items: readonly ReadyItem[];
  /** Null when nothing is missing. */
  readonly nextAction: NextAction | null;
}

interface Occasion extends Pick<ReadinessContext, 'asOf' | 'decisionOn' | 'termEnd'> {
  readonly segment: Pick<Segment, 'id' | 'expects_outcomes'>;
  /** Days until the clock of its milestones runs out; negative when it has. */
  readonly daysToClock: number;
}

interface Rules {
  readonly policy: ReadinessPolicy;
  readonly answerable: Answerable;
  readonly currency: string;
  /** risk.support_email: who is asked for what support owns. */
  readonly supportEmail: string | null;
}

interface Asked {
  readonly item: ReadinessItem;
  readonly weight: number;
  readonly dueMilestone: number;
  /** Why it cannot be asked today; null when it can. */
  readonly unasked: string | null;
}

/** Goes through the list for renewal after renewal. */
export const readinessFor = (rules: Rules) => {
  const { policy, currency } = rules;
  const bySegment = new Map<string, readonly Asked[]>();
  const askedOf = (segment: string): readonly Asked[] => {
    const asked = bySegment.get(segment) ?? itemsOf(segment, rules);
    bySegment.set(segment, asked);
    return asked;
  };

  return (account: AccountRow, { segment, ...occasion }: Occasion): RenewalReadiness => {
    const { expects_outcomes: expectsOutcomes } = segment;
    const context = { ...occasion, policy: policy.items, currency, expectsOutcomes };
    const items = askedOf(segment.id).map((asked): ReadyItem => {
      const { item, unasked } = asked;
      const found = unasked === null ? item.judge(account, context) : unknown(unasked);
      return readyItem(asked, found, account, { ...rules, ...occasion });
    });
    const known = weightOf(items.filter(({ status }) => status !== 'unknown'));
    const done = weightOf(items.filter(({ status }) => status === 'done'));
    return {
      score: known === 0 ? null : roundTo((100 * done) / known, 1),
      coverage: known === 0 ? 0 : known / weightOf(items),
      items,
      nextAction: nextOf(items, policy),
    };
  };
};

const weightOf = (items: readonly ReadyItem[]): number =>
  items.reduce((sum, { weight }) => sum + weight, 0);

/** The items that count in a segment; one without weight is not asked there. */
function itemsOf(segment: string, { policy, answerable }: Rules): Asked[] {
  const overrides = policy.by_segment[segment]?.items;
  return readinessItems
    .map((item) => ({
      item,
      weight: overrides?.[item.id]?.weight ?? policy.items[item.id].weight,
      dueMilestone: overrides?.[item.id]?.due_at ?? policy.items[item.id].due_at,
      unasked: answerable(item.needs),
    }))
    .filter(({ weight }) => weight > 0);
}

function readyItem(
  { item, weight, dueMilestone }: Asked,
  found: Readiness,
  account: AccountRow,
  { policy, supportEmail, asOf, daysToClock }: Rules & Omit<Occasion, 'segment'>,
): ReadyItem {
  const { owner } = policy.items[item.id];
  const daysLeft = daysToClock - dueMilestone;
  return {
    id: item.id,
    title: item.title,
    ...found,
    weight,
    dueMilestone,
    dueOn: addDays(asOf, Math.max(0, daysLeft)),
    isOverdue: found.status === 'missing' && daysLeft < 0,
    owner,
    ...itemOwner(owner, account, supportEmail),
  };
}

/** Of what is missing, the overdue before the rest, then what is due first, then the heaviest. */
function nextOf(items: readonly ReadyItem[], policy: ReadinessPolicy): NextAction | null {
  const [first] = items
    .filter(({ status }) => status === 'missing')
    .sort(
      (a, b) =>
        Number(b.isOverdue) - Number(a.isOverdue) ||
        (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0) ||
        b.weight - a.weight,
    );
  if (first === undefined) return null;
  const { id, evidence, dueOn, isOverdue, owner, ownerEmail, ownerReason } = first;
  const { action } = policy.items[id];
  return { item: id, action, evidence, dueOn, isOverdue, owner, ownerEmail, ownerReason };
}
