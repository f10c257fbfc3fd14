import type { Cents } from '../basics/money.ts';
import type { RetentionWindow } from './calendar.ts';
import {
  type Cut,
  type RevenueCustomer,
  type Standing,
  startQuarter,
  UNNAMED,
} from './customer.ts';
import type { Books, Ledger } from './ledger.ts';
import { type Movement, type MovementKind, movementBetween, movementKinds } from './movements.ts';

/** What came of a window in one cut, before any ratio is made of it. */
export interface WindowSums {
  customersOpening: number;
  /** Of those at the opening, the ones without ARR at the closing. */
  customersLost: number;
  /** Of those at the opening. */
  openingCents: Cents;
  /** What those at the opening bring at the closing, at the rates of the opening. */
  retainedCents: Cents;
  /** The same, with each customer capped at its opening. */
  cappedCents: Cents;
  /** Of all customers at the closing, at the rates of the closing. */
  closingCents: Cents;
  /** Customers with a term that ended in the window and none that ran through it. */
  customersRenewing: number;
  /** Of those, the ones who have no later line that reaches beyond the window. */
  customersRenewingLost: number;
  /** Opening ARR of those up for renewal. */
  renewingCents: Cents;
  /** Opening ARR times the target of its segment, for a target of the whole cut. */
  targetNrrCents: number;
  targetGrrCents: number;
  /** Of the closing ARR, what has ended and waits for a late renewal. */
  pendingCents: Cents;
  /** From opening to closing of the window at once, not month by month. */
  movements: Movement;
}

/** One value of one cut: its sums by step and by window of the calendar. */
export interface CutSums {
  readonly cut: Cut;
  readonly cutValue: string;
  readonly steps: readonly Movement[];
  readonly windows: readonly WindowSums[];
}

/** Adds customers up by every cut as they stream past. Memory grows with the values of the cuts. */
export const rollupTally = (books: Books) => {
  const { calendar, policy } = books;
  const sums = new Map<Cut, Map<string, CutSums>>();
  const at = policy.retention.attribute_at;

  const sumsOf = (cut: Cut, cutValue: string): CutSums => {
    let byValue = sums.get(cut);
    if (byValue === undefined) sums.set(cut, (byValue = new Map()));
    let found = byValue.get(cutValue);
    if (found === undefined) {
      found = {
        cut,
        cutValue,
        steps: calendar.steps.map(emptyMovement),
        windows: calendar.windows.map(emptySums),
      };
      byValue.set(cutValue, found);
    }
    return found;
  };

  /** Cuts that stay as they are, and those that follow the standing of a day. */
  const add = (customer: RevenueCustomer, ledger: Ledger, standings: readonly Standing[]): void => {
    const fixed = fixedCuts(customer, ledger).map(([cut, value]) => sumsOf(cut, value));
    const bySegment = (day: number) => sumsOf('segment', (standings[day] as Standing).segment.id);
    const byMotion = (day: number) => sumsOf('motion', (standings[day] as Standing).motion);

    for (const [step, period] of calendar.steps.entries()) {
      const movement = movementBetween(ledger, period, books);
      if (movement === null) continue;
      for (const cut of fixed) addMovement(cut.steps[step] as Movement, movement);
      for (const cutOf of [bySegment, byMotion]) {
        const [before, after] = [cutOf(period.from), cutOf(period.to)];
        addMoving(before.steps[step] as Movement, after.steps[step] as Movement, movement, at);
      }
    }
    for (const [index, window] of calendar.windows.entries()) {
      const found = windowOf(ledger, window, books);
      if (found === null) continue;
      const day = at === 'closing' ? window.to : window.from;
      const { targets } = (standings[day] as Standing).segment;
      for (const cut of [...fixed, bySegment(day), byMotion(day)]) {
        addWindow(cut.windows[index] as WindowSums, found, targets);
      }
    }
    addProducts(customer, ledger, standings);
  };

  function addProducts(
    customer: RevenueCustomer,
    ledger: Ledger,
    standings: readonly Standing[],
  ): void {
    const products = new Set(customer.lines.map(({ product }) => product ?? UNNAMED));
    for (const product of products) {
      const part = products.size === 1 ? ledger : ledger.of(product);
      const cut = sumsOf('product', product);
      for (const [step, period] of calendar.steps.entries()) {
        const movement = movementBetween(ledger, period, books, part);
        if (movement !== null) addMovement(cut.steps[step] as Movement, movement);
      }
      for (const [index, window] of calendar.windows.entries()) {
        const found = windowOf(ledger, window, books, part);
        const day = at === 'closing' ? window.to : window.from;
        const { targets } = (standings[day] as Standing).segment;
        if (found !== null) addWindow(cut.windows[index] as WindowSums, found, targets);
      }
    }
  }

  return {
    add,
    /** By cut, and within it by value. */
    *all(): Generator<CutSums> {
      for (const byValue of sums.values()) {
        yield* [...byValue.values()].sort((a, b) => (a.cutValue < b.cutValue ? -1 : 1));
      }
    },
  };
};

function fixedCuts(customer: RevenueCustomer, ledger: Ledger): [Cut, string][] {
  const { region, ownerEmail, onboarding, ultimateParentId } = customer;
  return [
    ['all', 'all'],
    ['region', region ?? UNNAMED],
    ['owner', ownerEmail ?? UNNAMED],
    ['start_quarter', startQuarter(ledger)],
    ['onboarding', onboarding],
    ...(ultimateParentId === null ? [] : [['ultimate_parent', ultimateParentId] as [Cut, string]]),
  ];
}

interface WindowPart {
  readonly movement: Movement;
  readonly retained: Cents;
  readonly isRenewing: boolean;
  readonly isRenewalLost: boolean;
  readonly pending: Cents;
}

function windowOf(
  customer: Ledger,
  { from, to }: RetentionWindow,
  books: Books,
  part: Ledger = customer,
): WindowPart | null {
  const movement = movementBetween(customer, { from, to }, books, part);
  const [opening, closing] = [
    books.calendar.epochs[from] as number,
    books.calendar.epochs[to] as number,
  ];
  let ended = false;
  let ranThrough = false;
  let reachesOn = false;
  let pending = 0;
  for (const { start, ends, isPending } of part.lines) {
    if (ends > opening && ends <= closing) ended = true;
    if (start <= opening && ends > closing) ranThrough = true;
    if (start > opening && ends > closing) reachesOn = true;
    if (isPending && ends > closing) pending = part.arr[to] as number;
  }
  const isRenewing = ended && !ranThrough;
  if (movement === null && !isRenewing) return null;
  const moved = movement ?? emptyMovement();
  return {
    movement: moved,
    retained: moved.opening === 0 ? 0 : moved.closing - moved.fx,
    isRenewing,
    isRenewalLost: isRenewing && !reachesOn,
    pending,
  };
}

function addWindow(
  sums: WindowSums,
  { movement, retained, isRenewing, isRenewalLost, pending }: WindowPart,
  targets: { readonly nrr: number; readonly grr: number },
): void {
  const { opening, closing } = movement;
  addMovement(sums.movements, movement);
  sums.closingCents += closing;
  sums.pendingCents += pending;
  if (opening > 0) {
    sums.customersOpening += 1;
    sums.openingCents += opening;
    sums.retainedCents += retained;
    sums.cappedCents += Math.min(opening, retained);
    sums.targetNrrCents += opening * targets.nrr;
    sums.targetGrrCents += opening * targets.grr;
    if (closing === 0) sums.customersLost += 1;
  }
  if (!isRenewing) return;
  sums.customersRenewing += 1;
  sums.renewingCents += opening;
  if (isRenewalLost) sums.customersRenewingLost += 1;
}

export const addMovement = (sum: Movement, movement: Movement): void => {
  sum.opening += movement.opening;
  sum.closing += movement.closing;
  for (const kind of movementKinds) sum[kind] += movement[kind];
};

/** One that moves between cuts leaves one and joins the other by transfer; that is never churn. */
function addMoving(
  before: Movement,
  after: Movement,
  movement: Movement,
  at: 'opening' | 'closing',
): void {
  if (before === after) {
    addMovement(before, movement);
    return;
  }
  const { opening, closing } = movement;
  if (at === 'closing') {
    addMovement(before, { ...emptyMovement(), opening, transfer: -opening });
    addMovement(after, { ...movement, opening: 0, transfer: opening });
  } else {
    addMovement(before, { ...movement, closing: 0, transfer: -closing });
    addMovement(after, { ...emptyMovement(), closing, transfer: closing });
  }
}

const emptyMovement = (): Movement =>
  Object.fromEntries(
    (['opening', ...movementKinds, 'closing'] as (MovementKind | 'opening' | 'closing')[]).map(
      (kind) => [kind, 0],
    ),
  ) as Movement;

const emptySums = (): WindowSums => ({
  customersOpening: 0,
  customersLost: 0,
  openingCents: 0,
  retainedCents: 0,
  cappedCents: 0,
  closingCents: 0,
  customersRenewing: 0,
  customersRenewingLost: 0,
  renewingCents: 0,
  targetNrrCents: 0,
  targetGrrCents: 0,
  pendingCents: 0,
  movements: emptyMovement(),
});
