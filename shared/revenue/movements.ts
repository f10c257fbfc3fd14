import type { Cents } from '../basics/money.ts';
import type { Period } from './calendar.ts';
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

/** A movement in short: what happened, and beside it what uplift and rates did. */
export interface Change {
  readonly kind: 'new' | 'reactivation' | 'expansion' | 'contraction' | 'churn';
  readonly net: Cents;
  readonly escalator: Cents;
  readonly fx: Cents;
}

/**
 * How a customer got from its ARR on one day to that on another, at the rates of the first; what
 * rates alone did stands by itself. `part`: the same of one product, which moves as its customer does
 * when that comes or leaves, and else expands or contracts. Null where nothing was and nothing is.
 */
export const movementBetween = (
  customer: Ledger,
  period: Period,
  books: Books,
  part: Ledger = customer,
): Movement | null => {
  const opening = part.arr[period.from] as number;
  const closing = part.arr[period.to] as number;
  if (opening === 0 && closing === 0) return null;
  const change = changeBetween(customer, period, books, part);
  const movement = nothing(opening, closing);
  if (change === null) return movement;
  movement[change.kind] = change.net;
  movement.escalator = change.escalator;
  movement.fx = change.fx;
  return movement;
};

/** The same without its ends, for those who look at a million of them; null where nothing moved. */
export const changeBetween = (
  customer: Ledger,
  { from, to }: Period,
  books: Books,
  part: Ledger = customer,
): Change | null => {
  const opening = part.arr[from] as number;
  const closing = part.arr[to] as number;
  if (opening === closing && (opening === 0 || part.isSteady)) return null;

  const { policy } = books;
  const reached = policy.basis === 'spot' ? closing : part.arrAt(to, from);
  const fx = closing - reached;
  if (opening === 0) {
    const kind = customer.arr[from] === 0 ? arrival(customer, from, to, books) : 'expansion';
    return { kind, net: reached, escalator: 0, fx };
  }
  if (closing === 0) {
    const kind = customer.arr[to] === 0 ? 'churn' : 'contraction';
    return { kind, net: reached - opening, escalator: 0, fx };
  }
  const escalator = policy.expansion.include_escalators ? 0 : part.escalated(from, to);
  const net = reached - opening - escalator;
  return { kind: net >= 0 ? 'expansion' : 'contraction', net, escalator, fx };
};

function nothing(opening: Cents, closing: Cents): Movement {
  return {
    opening,
    new: 0,
    reactivation: 0,
    expansion: 0,
    contraction: 0,
    churn: 0,
    escalator: 0,
    fx: 0,
    transfer: 0,
    closing,
  };
}

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
