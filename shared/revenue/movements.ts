import type { Cents } from '../basics/money.ts';
import type { Books, Ledger } from './ledger.ts';

/** What can happen to a customer's ARR from one day to another, in the order of the bridge. */
export const movementKinds = [
  'new',
  'reactivation',
  'expansion',
  'contraction',
  'churn',
  'escalator',
  'fx',
  'transfer',
] as const;

export type MovementKind = (typeof movementKinds)[number];

/** Opening plus all movements is the closing, to the cent. Losses are negative. */
export type Movement = Record<MovementKind | 'opening' | 'closing', Cents>;

/**
 * How a customer got from its ARR on one day to that on another, at the rates of the first; what
 * rates alone did stands by itself. `part`: the same of one product, which moves as its customer does
 * when that comes or leaves, and else expands or contracts. Null where nothing was and nothing is.
 */
export const movementBetween = (
  customer: Ledger,
  { from, to }: { readonly from: number; readonly to: number },
  books: Books,
  part: Ledger = customer,
): Movement | null => {
  const opening = part.arr[from] as number;
  const closing = part.arr[to] as number;
  if (opening === 0 && closing === 0) return null;

  const { policy } = books;
  const reached = policy.basis === 'spot' ? closing : part.arrAt(to, from);
  const moved = { ...NOTHING, opening, closing, fx: closing - reached };
  if (opening === 0) {
    const came = customer.arr[from] === 0 ? arrival(customer, from, to, books) : 'expansion';
    return { ...moved, [came]: reached };
  }
  if (closing === 0) {
    return { ...moved, [customer.arr[to] === 0 ? 'churn' : 'contraction']: -opening };
  }
  const escalator = policy.expansion.include_escalators ? 0 : part.escalated(from, to);
  const rest = reached - opening - escalator;
  return { ...moved, escalator, [rest >= 0 ? 'expansion' : 'contraction']: rest };
};

const NOTHING: Movement = {
  opening: 0,
  new: 0,
  reactivation: 0,
  expansion: 0,
  contraction: 0,
  churn: 0,
  escalator: 0,
  fx: 0,
  transfer: 0,
  closing: 0,
};

/** One who was here before comes back, unless that was so long ago that it counts as new. */
function arrival(
  customer: Ledger,
  from: number,
  to: number,
  { calendar, policy }: Books,
): 'new' | 'reactivation' {
  const opening = calendar.epochs[from] as number;
  if (customer.startedOn >= opening) return 'new';
  const within = policy.reactivation.window_days;
  if (within === null) return 'reactivation';
  const closing = calendar.epochs[to] as number;
  const left = customer.leftBefore(from);
  const back = customer.lines
    .filter(({ start }) => start > left && start <= closing)
    .reduce((first, { start }) => Math.min(first, start), closing);
  return back - left <= within ? 'reactivation' : 'new';
}
