import type { Cents } from '../basics/money.ts';
import type { Calendar, Period, RetentionWindow } from './calendar.ts';
import {
  type Cut,
  cuts,
  type RevenueCustomer,
  type Standing,
  startQuarter,
  UNNAMED,
} from './customer.ts';
import type { Books, Ledger } from './ledger.ts';
import { type Change, changeBetween, type Movement, movementKinds } from './movements.ts';

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
  const { steps } = books.calendar;
  const isAtClosing = books.policy.retention.attribute_at === 'closing';
  const places = placesIn(books);
  const share = shareOf(books, places);
  const sums = new Map<Cut, Map<string, Float64Array>>(cuts.map((cut) => [cut, new Map()]));

  const sumsOf = (cut: Cut, cutValue: string): Float64Array => {
    const byValue = sums.get(cut) as Map<string, Float64Array>;
    let found = byValue.get(cutValue);
    if (found === undefined) byValue.set(cutValue, (found = new Float64Array(places.size)));
    return found;
  };

  /** One that moves between the values of a cut leaves one and joins the other by transfer. */
  function addByStanding(cut: Cut, values: readonly string[], arr: Ledger['arr']): void {
    const byDay = values.map((value) => sumsOf(cut, value));
    share.addByDay(byDay);
    for (const [step, { from, to }] of steps.entries()) {
      const [left, joined] = [byDay[from] as Float64Array, byDay[to] as Float64Array];
      if (left === joined) continue;
      const moved = arr[isAtClosing ? from : to] as number;
      const place = places.step(step) + kindAt.transfer;
      left[place] = (left[place] as number) - moved;
      joined[place] = (joined[place] as number) + moved;
    }
  }

  function addStandings(standings: readonly Standing[], { arr }: Ledger): void {
    const [first] = standings as [Standing];
    if (standings.every((standing) => standing === first)) {
      share.addTo(sumsOf('segment', first.segment.id));
      share.addTo(sumsOf('motion', first.motion));
      return;
    }
    const segments = standings.map(({ segment }) => segment.id);
    addByStanding('segment', segments, arr);
    const motions = standings.map(({ motion }) => motion);
    addByStanding('motion', motions, arr);
  }

  return {
    add(customer: RevenueCustomer, ledger: Ledger, standings: readonly Standing[]): void {
      if (!share.reckon(ledger, ledger, standings)) return;
      share.addTo(sumsOf('all', 'all'));
      share.addTo(sumsOf('region', customer.region ?? UNNAMED));
      share.addTo(sumsOf('owner', customer.ownerEmail ?? UNNAMED));
      share.addTo(sumsOf('start_quarter', startQuarter(ledger)));
      share.addTo(sumsOf('onboarding', customer.onboarding));
      if (customer.ultimateParentId !== null) {
        share.addTo(sumsOf('ultimate_parent', customer.ultimateParentId));
      }
      addStandings(standings, ledger);
      const products = new Set(ledger.lines.map(({ product }) => product));
      for (const product of products) {
        const isAll = products.size === 1;
        if (!isAll && !share.reckon(ledger, ledger.of(product), standings)) continue;
        share.addTo(sumsOf('product', product ?? UNNAMED));
      }
    },
    /** By cut, and within it by value. */
    *all(): Generator<CutSums> {
      for (const [cut, byValue] of sums) {
        for (const cutValue of [...byValue.keys()].sort()) {
          yield { cut, cutValue, ...places.read(byValue.get(cutValue) as Float64Array) };
        }
      }
    },
  };
};

/** What is kept of a window; its movements follow. */
const windowFields = [
  'customersOpening',
  'customersLost',
  'openingCents',
  'retainedCents',
  'cappedCents',
  'closingCents',
  'customersRenewing',
  'customersRenewingLost',
  'renewingCents',
  'targetNrrCents',
  'targetGrrCents',
  'pendingCents',
] as const satisfies readonly Exclude<keyof WindowSums, 'movements'>[];

const offsetsOf = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((name, at) => [name, at])) as Record<Name, number>;

const kindAt = offsetsOf(movementKinds);
const fieldAt = offsetsOf(windowFields);
const movementsAt = windowFields.length;

type Places = ReturnType<typeof placesIn>;

/**
 * Where the sums of one value of a cut stand in one array, which is ten times faster to add to than
 * objects are: ARR by day, the movements of each step, and each window with its own movements.
 */
const placesIn = ({ calendar, policy }: Books) => {
  const { days, steps, windows } = calendar;
  const width = movementsAt + movementKinds.length;
  const step = (index: number) => days.length + index * movementKinds.length;
  const window = (index: number) => step(steps.length) + index * width;
  const size = window(windows.length);

  /** The day whose standing says which cut it counts in. */
  const dayOf = new Int32Array(size);
  const attributed = policy.retention.attribute_at === 'closing' ? 'to' : 'from';
  for (const day of days.keys()) dayOf[day] = day;
  for (const [at, period] of steps.entries()) dayOf.fill(period[attributed], step(at));
  for (const [at, period] of windows.entries()) dayOf.fill(period[attributed], window(at));

  const read = (sums: Float64Array): Pick<CutSums, 'steps' | 'windows'> => ({
    steps: steps.map(({ from, to }, index) => ({
      opening: sums[from] as number,
      ...named(movementKinds, sums, step(index)),
      closing: sums[to] as number,
    })),
    windows: windows.map((_, index) => {
      const sum = named(windowFields, sums, window(index));
      const kinds = named(movementKinds, sums, window(index) + movementsAt);
      const movements = { opening: sum.openingCents, ...kinds, closing: sum.closingCents };
      return { ...sum, movements };
    }),
  });
  return { size, step, window, dayOf, read };
};

const named = <Name extends string>(names: readonly Name[], sums: Float64Array, at: number) =>
  Object.fromEntries(names.map((name, index) => [name, sums[at + index]])) as Record<Name, number>;

/** What one customer, or one product of it, adds to the sums of every cut it is in. */
const shareOf = (books: Books, places: Places) => {
  const { epochs, steps, windows } = books.calendar;
  const own = new Float64Array(places.size);
  /** The few places that are not zero, and what they hold. */
  const filled = new Int32Array(places.size);
  const amounts = new Float64Array(places.size);
  let count = 0;

  function put(place: number, change: Change | null): void {
    if (change === null) return;
    own[place + kindAt[change.kind]] = change.net;
    own[place + kindAt.escalator] = change.escalator;
    own[place + kindAt.fx] = change.fx;
  }

  function putWindow(place: number, window: Period, change: Change | null, part: Ledger): void {
    const opening = part.arr[window.from] as number;
    const closing = part.arr[window.to] as number;
    own[place + fieldAt.closingCents] = closing;
    put(place + movementsAt, change);
    if (opening > 0) {
      const retained = closing - (change === null ? 0 : change.fx);
      own[place + fieldAt.customersOpening] = 1;
      own[place + fieldAt.openingCents] = opening;
      own[place + fieldAt.retainedCents] = retained;
      own[place + fieldAt.cappedCents] = Math.min(opening, retained);
      if (closing === 0) own[place + fieldAt.customersLost] = 1;
    }
    const terms = termsIn(part, epochs[window.from] as number, epochs[window.to] as number);
    if (terms.isPending) own[place + fieldAt.pendingCents] = closing;
    if (!terms.isRenewing) return;
    own[place + fieldAt.customersRenewing] = 1;
    own[place + fieldAt.renewingCents] = opening;
    if (terms.isLost) own[place + fieldAt.customersRenewingLost] = 1;
  }

  function putTargets(place: number, { segment: { targets } }: Standing): void {
    const opening = own[place + fieldAt.openingCents] as number;
    own[place + fieldAt.targetNrrCents] = opening * targets.nrr;
    own[place + fieldAt.targetGrrCents] = opening * targets.grr;
  }

  function gather(): void {
    count = 0;
    for (let place = 0; place < own.length; place += 1) {
      if (own[place] === 0) continue;
      filled[count] = place;
      amounts[count] = own[place] as number;
      own[place] = 0;
      count += 1;
    }
  }

  return {
    /** False where it adds nothing. */
    reckon(customer: Ledger, part: Ledger, standings: readonly Standing[]): boolean {
      own.set(part.arr);
      for (let index = 0; index < steps.length; index += 1) {
        put(places.step(index), changeBetween(customer, steps[index] as Period, books, part));
      }
      for (let index = 0; index < windows.length; index += 1) {
        const window = windows[index] as RetentionWindow;
        const place = places.window(index);
        putWindow(place, window, changeBetween(customer, window, books, part), part);
        putTargets(place, standings[places.dayOf[place] as number] as Standing);
      }
      gather();
      return count > 0;
    },
    addTo(sums: Float64Array): void {
      for (let at = 0; at < count; at += 1) {
        const place = filled[at] as number;
        sums[place] = (sums[place] as number) + (amounts[at] as number);
      }
    },
    addByDay(byDay: readonly Float64Array[]): void {
      for (let at = 0; at < count; at += 1) {
        const place = filled[at] as number;
        const sums = byDay[places.dayOf[place] as number] as Float64Array;
        sums[place] = (sums[place] as number) + (amounts[at] as number);
      }
    },
  };
};

/** Up for renewal is who had a term that ended in a window and none that ran through it. */
function termsIn({ lines }: Ledger, opening: number, closing: number) {
  let ended = false;
  let ranThrough = false;
  let reachesOn = false;
  let isPending = false;
  for (const line of lines) {
    if (line.ends > closing) {
      if (line.start <= opening) ranThrough = true;
      else reachesOn = true;
    } else if (line.ends > opening) ended = true;
    // Whoever waits for a late renewal brings nothing else by then.
    if (line.isPending && line.end <= closing) isPending = true;
  }
  const isRenewing = ended && !ranThrough;
  return { isRenewing, isLost: isRenewing && !reachesOn, isPending };
}
