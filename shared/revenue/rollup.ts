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
  const { calendar, policy } = books;
  const places = placesIn(calendar);
  const postings = postingsOf(places, books);
  const sums = new Map<Cut, Map<string, Float64Array>>(cuts.map((cut) => [cut, new Map()]));

  const sumsOf = (cut: Cut, cutValue: string): Float64Array => {
    const byValue = sums.get(cut) as Map<string, Float64Array>;
    const found = byValue.get(cutValue) ?? new Float64Array(places.size);
    byValue.set(cutValue, found);
    return found;
  };

  /** By the standing of each day; one that moves leaves a cut and joins another by transfer. */
  function addMoving(
    cut: Cut,
    valueOf: (standing: Standing) => string,
    standings: readonly Standing[],
    arr: Ledger['arr'],
  ): void {
    const byDay = standings.map((standing) => sumsOf(cut, valueOf(standing)));
    postings.addByDay(byDay);
    for (const [step, { from, to }] of calendar.steps.entries()) {
      const [left, joined] = [byDay[from] as Float64Array, byDay[to] as Float64Array];
      if (left === joined) continue;
      const moved = arr[policy.retention.attribute_at === 'closing' ? from : to] as number;
      const place = places.step(step) + kindAt.transfer;
      left[place] = (left[place] as number) - moved;
      joined[place] = (joined[place] as number) + moved;
    }
  }

  const add = (customer: RevenueCustomer, ledger: Ledger, standings: readonly Standing[]): void => {
    postings.write(ledger, ledger, standings);
    if (postings.isEmpty()) return;
    for (const [cut, value] of fixedCuts(customer, ledger)) postings.addTo(sumsOf(cut, value));
    const [first] = standings as [Standing];
    if (standings.every((standing) => standing === first)) {
      postings.addTo(sumsOf('segment', first.segment.id));
      postings.addTo(sumsOf('motion', first.motion));
    } else {
      addMoving('segment', ({ segment }) => segment.id, standings, ledger.arr);
      addMoving('motion', ({ motion }) => motion, standings, ledger.arr);
    }
    const products = new Set(ledger.lines.map(({ product }) => product));
    for (const product of products) {
      if (products.size > 1) postings.write(ledger, ledger.of(product), standings);
      if (!postings.isEmpty()) postings.addTo(sumsOf('product', product ?? UNNAMED));
    }
  };

  return {
    add,
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

/** The sums of a window that are kept; those of its movements follow them. */
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

type Places = ReturnType<typeof placesIn>;

/**
 * Where the sums of one value of a cut stand in one array, which is many times faster to add to than
 * objects are: ARR by day, then the movements by step, then each window with its own movements.
 */
const placesIn = ({ days, steps, windows }: Calendar) => {
  const kinds = movementKinds.length;
  const width = windowFields.length + kinds;
  const step = (index: number) => days.length + index * kinds;
  const window = (index: number) => step(steps.length) + index * width;

  const movement = (sums: Float64Array, at: number, opening: number, closing: number) =>
    ({ opening, ...named(movementKinds, sums, at), closing }) satisfies Movement;
  const windowSums = (sums: Float64Array, at: number): WindowSums => {
    const fields = named(windowFields, sums, at);
    const { openingCents, closingCents } = fields;
    const movements = movement(sums, at + windowFields.length, openingCents, closingCents);
    return { ...fields, movements };
  };
  return {
    step,
    window,
    size: window(windows.length),
    read: (sums: Float64Array): Pick<CutSums, 'steps' | 'windows'> => ({
      steps: steps.map(({ from, to }, index) =>
        movement(sums, step(index), sums[from] as number, sums[to] as number),
      ),
      windows: windows.map((_, index) => windowSums(sums, window(index))),
    }),
  };
};

const named = <Name extends string>(names: readonly Name[], sums: Float64Array, at: number) =>
  Object.fromEntries(names.map((name, index) => [name, sums[at + index]])) as Record<Name, number>;

/**
 * What one customer adds to every cut it is in, reckoned once: an amount, its place among the sums,
 * and the day whose standing says which cut it goes to.
 */
const postingsOf = (places: Places, books: Books) => {
  const { calendar, policy } = books;
  const { epochs, steps, windows } = calendar;
  const attributed = policy.retention.attribute_at === 'closing' ? 'to' : 'from';
  const amounts = new Float64Array(places.size);
  const placed = new Int32Array(places.size);
  const days = new Int32Array(places.size);
  let count = 0;

  function post(place: number, amount: number, day: number): void {
    if (amount === 0) return;
    placed[count] = place;
    amounts[count] = amount;
    days[count] = day;
    count += 1;
  }

  function postChange(place: number, change: Change | null, day: number): void {
    if (change === null) return;
    post(place + kindAt[change.kind], change.net, day);
    post(place + kindAt.escalator, change.escalator, day);
    post(place + kindAt.fx, change.fx, day);
  }

  function postWindow(
    index: number,
    customer: Ledger,
    part: Ledger,
    standings: readonly Standing[],
  ) {
    const window = windows[index] as RetentionWindow;
    const day = window[attributed];
    const place = places.window(index);
    const opening = part.arr[window.from] as number;
    const closing = part.arr[window.to] as number;
    const change = changeBetween(customer, window, books, part);
    postChange(place + windowFields.length, change, day);
    post(place + fieldAt.closingCents, closing, day);
    if (opening > 0) {
      const retained = closing - (change?.fx ?? 0);
      const { targets } = (standings[day] as Standing).segment;
      post(place + fieldAt.customersOpening, 1, day);
      post(place + fieldAt.openingCents, opening, day);
      post(place + fieldAt.retainedCents, retained, day);
      post(place + fieldAt.cappedCents, Math.min(opening, retained), day);
      post(place + fieldAt.targetNrrCents, opening * targets.nrr, day);
      post(place + fieldAt.targetGrrCents, opening * targets.grr, day);
      post(place + fieldAt.customersLost, closing === 0 ? 1 : 0, day);
    }
    const terms = termsIn(part, epochs[window.from] as number, epochs[window.to] as number);
    if (terms.isPending) post(place + fieldAt.pendingCents, closing, day);
    if (!terms.isRenewing) return;
    post(place + fieldAt.customersRenewing, 1, day);
    post(place + fieldAt.customersRenewingLost, terms.isLost ? 1 : 0, day);
    post(place + fieldAt.renewingCents, opening, day);
  }

  return {
    write(customer: Ledger, part: Ledger, standings: readonly Standing[]): void {
      count = 0;
      for (let day = 0; day < epochs.length; day += 1) post(day, part.arr[day] as number, day);
      for (let step = 0; step < steps.length; step += 1) {
        const period = steps[step] as Period;
        const change = changeBetween(customer, period, books, part);
        postChange(places.step(step), change, period[attributed]);
      }
      for (let index = 0; index < windows.length; index += 1) {
        postWindow(index, customer, part, standings);
      }
    },
    isEmpty: () => count === 0,
    addTo(sums: Float64Array): void {
      for (let at = 0; at < count; at += 1) {
        const place = placed[at] as number;
        sums[place] = (sums[place] as number) + (amounts[at] as number);
      }
    },
    addByDay(byDay: readonly Float64Array[]): void {
      for (let at = 0; at < count; at += 1) {
        const sums = byDay[days[at] as number] as Float64Array;
        const place = placed[at] as number;
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
