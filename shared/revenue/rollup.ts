import type { Cents } from '../basics/money.ts';
import type { Period } from './calendar.ts';
import {
  type Cut,
  cuts,
  type Onboarding,
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

/** Sums of one value of a cut, laid out by `placesIn`. */
type Sums = Float64Array;

/** Adds customers up by every cut as they stream past. Memory grows with the values of the cuts. */
export const rollupTally = (books: Books) => {
  const { steps } = books.calendar;
  const isAtClosing = books.policy.retention.attribute_at === 'closing';
  const places = placesIn(books);
  const share = shareOf(books, places);
  const [byRegion, byOwner, byQuarter] = [sumsBy<string>(), sumsBy<string>(), sumsBy<string>()];
  const [byParent, byProduct] = [sumsBy<string>(), sumsBy<string>()];
  /** The whole by both at once: the cuts that have few values are added up of it at the end. */
  const byStanding = new Map<Onboarding, Map<Standing, Sums>>();

  function sumsOf<Key>(sums: Map<Key, Sums>, key: Key): Sums {
    const found = sums.get(key) ?? new Float64Array(places.size);
    sums.set(key, found);
    return found;
  }

  function addStandings(
    onboarding: Onboarding,
    standings: readonly Standing[],
    arr: Ledger['arr'],
  ) {
    const sums = byStanding.get(onboarding) ?? sumsBy<Standing>();
    byStanding.set(onboarding, sums);
    const [first] = standings as [Standing];
    if (standings.every((standing) => standing === first)) share.addTo(sumsOf(sums, first));
    else
      addMoving(
        standings.map((standing) => sumsOf(sums, standing)),
        arr,
      );
  }

  /** One that moves leaves one standing and joins another by transfer, which is never churn. */
  function addMoving(byDay: readonly Sums[], arr: Ledger['arr']): void {
    share.addByDay(byDay);
    for (const [step, { from, to }] of steps.entries()) {
      const [left, joined] = [byDay[from] as Sums, byDay[to] as Sums];
      if (left === joined) continue;
      const moved = arr[isAtClosing ? from : to] as number;
      const place = places.step(step) + kindAt.transfer;
      left[place] = (left[place] as number) - moved;
      joined[place] = (joined[place] as number) + moved;
    }
  }

  function sumsByCut(): Record<Cut, Map<string, Sums>> {
    const [all, segment, motion] = [sumsBy<string>(), sumsBy<string>(), sumsBy<string>()];
    const onboarding = sumsBy<string>();
    for (const [state, byStandingOf] of byStanding) {
      for (const [standing, sums] of byStandingOf) {
        addUp(sumsOf(all, 'all'), sums);
        addUp(sumsOf(segment, standing.segment.id), sums);
        addUp(sumsOf(motion, standing.motion), sums);
        addUp(sumsOf(onboarding, state), sums);
      }
    }
    return {
      ...{ all, segment, motion, onboarding, region: byRegion, owner: byOwner },
      ...{ product: byProduct, start_quarter: byQuarter, ultimate_parent: byParent },
    };
  }

  return {
    add(customer: RevenueCustomer, ledger: Ledger, standings: readonly Standing[]): void {
      if (!share.reckon(ledger, ledger, standings)) return;
      const { onboarding, ultimateParentId } = customer;
      addStandings(onboarding, standings, ledger.arr);
      share.addTo(sumsOf(byRegion, customer.region ?? UNNAMED));
      share.addTo(sumsOf(byOwner, customer.ownerEmail ?? UNNAMED));
      share.addTo(sumsOf(byQuarter, startQuarter(ledger)));
      if (ultimateParentId !== null) share.addTo(sumsOf(byParent, ultimateParentId));
      const products = new Set(ledger.lines.map(({ product }) => product));
      for (const product of products) {
        const isAll = products.size === 1;
        if (!isAll && !share.reckon(ledger, ledger.of(product), standings)) continue;
        share.addTo(sumsOf(byProduct, product ?? UNNAMED));
      }
    },
    /** By cut, and within it by value. */
    *all(): Generator<CutSums> {
      const byCut = sumsByCut();
      for (const cut of cuts) {
        for (const cutValue of [...byCut[cut].keys()].sort()) {
          yield { cut, cutValue, ...places.read(byCut[cut].get(cutValue) as Sums) };
        }
      }
    },
  };
};

const sumsBy = <Key>() => new Map<Key, Sums>();

function addUp(whole: Sums, part: Sums): void {
  for (let place = 0; place < part.length; place += 1) {
    whole[place] = (whole[place] as number) + (part[place] as number);
  }
}

/** What is kept of a window; its movements follow. */
const windowFields = [
  'customersOpening',
  'customersLost',
  'openingCents',
  /** What those at the opening have more or less at the closing, and the less alone. */
  'changedCents',
  'shrunkCents',
  'customersRenewing',
  'customersRenewingLost',
  'renewingCents',
  'targetNrrCents',
  'targetGrrCents',
  'pendingCents',
] as const;

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

  const read = (sums: Sums): Pick<CutSums, 'steps' | 'windows'> => ({
    steps: steps.map(({ from, to }, index) =>
      movementFrom(sums, step(index), sums[from] as number, sums[to] as number),
    ),
    windows: windows.map((_, index) => windowFrom(sums, window(index))),
  });
  return { size, step, window, dayOf, read };
};

function movementFrom(sums: Sums, place: number, opening: Cents, closing: Cents): Movement {
  const movement = { opening } as Movement;
  for (const kind of movementKinds) movement[kind] = sums[place + kindAt[kind]] as number;
  movement.closing = closing;
  return movement;
}

function windowFrom(sums: Sums, place: number): WindowSums {
  const kept = (field: keyof typeof fieldAt) => sums[place + fieldAt[field]] as number;
  const opening = kept('openingCents');
  const movements = movementFrom(sums, place + movementsAt, opening, opening);
  for (const kind of movementKinds) movements.closing += movements[kind];
  return {
    customersOpening: kept('customersOpening'),
    customersLost: kept('customersLost'),
    openingCents: opening,
    retainedCents: opening + kept('changedCents'),
    cappedCents: opening + kept('shrunkCents'),
    closingCents: movements.closing,
    customersRenewing: kept('customersRenewing'),
    customersRenewingLost: kept('customersRenewingLost'),
    renewingCents: kept('renewingCents'),
    targetNrrCents: kept('targetNrrCents'),
    targetGrrCents: kept('targetGrrCents'),
    pendingCents: kept('pendingCents'),
    movements,
  };
}

/** What one customer, or one product of it, adds to the sums of every cut it is in. */
const shareOf = (books: Books, places: Places) => {
  const { epochs, steps, windows } = books.calendar;
  /** The places at which it adds something, and how much. */
  const filled = new Int32Array(places.size);
  const amounts = new Float64Array(places.size);
  let count = 0;

  /** Where the amount of a place goes; amounts that are handed on would each be an object. */
  function at(place: number): number {
    filled[count] = place;
    count += 1;
    return count - 1;
  }

  function putDays({ arr }: Ledger): void {
    for (let day = 0; day < arr.length; day += 1) {
      if (arr[day] !== 0) amounts[at(day)] = arr[day] as number;
    }
  }

  function putChange(place: number, change: Change): void {
    amounts[at(place + kindAt[change.kind])] = change.net;
    if (change.escalator !== 0) amounts[at(place + kindAt.escalator)] = change.escalator;
    if (change.fx !== 0) amounts[at(place + kindAt.fx)] = change.fx;
  }

  function putOpening(place: number, opening: number, standing: Standing): void {
    const { nrr, grr } = standing.segment.targets;
    amounts[at(place + fieldAt.customersOpening)] = 1;
    amounts[at(place + fieldAt.openingCents)] = opening;
    amounts[at(place + fieldAt.targetNrrCents)] = opening * nrr;
    amounts[at(place + fieldAt.targetGrrCents)] = opening * grr;
  }

  /** Of one who was there at the opening. */
  function putRetained(place: number, { net, escalator }: Change, closing: number): void {
    const changed = net + escalator;
    amounts[at(place + fieldAt.changedCents)] = changed;
    if (changed < 0) amounts[at(place + fieldAt.shrunkCents)] = changed;
    if (closing === 0) amounts[at(place + fieldAt.customersLost)] = 1;
  }

  /** Up for renewal is who had a term that ended in a window and none that ran through it. */
  function putTerms(place: number, { from, to }: Period, { lines, arr }: Ledger): void {
    const [opening, closing] = [epochs[from] as number, epochs[to] as number];
    let ended = false;
    let ranThrough = false;
    let reachesOn = false;
    let isPending = false;
    for (const line of lines) {
      if (line.ends <= closing) ended ||= line.ends > opening;
      else if (line.start <= opening) ranThrough = true;
      else reachesOn = true;
      // Who waits for a late renewal brings nothing else by then.
      if (line.isPending && line.end <= closing) isPending = true;
    }
    if (isPending) amounts[at(place + fieldAt.pendingCents)] = arr[to] as number;
    if (!ended || ranThrough) return;
    amounts[at(place + fieldAt.customersRenewing)] = 1;
    amounts[at(place + fieldAt.renewingCents)] = arr[from] as number;
    if (!reachesOn) amounts[at(place + fieldAt.customersRenewingLost)] = 1;
  }

  return {
    /** False where it adds nothing. */
    reckon(customer: Ledger, part: Ledger, standings: readonly Standing[]): boolean {
      count = 0;
      putDays(part);
      for (let index = 0; index < steps.length; index += 1) {
        const change = changeBetween(customer, steps[index] as Period, books, part);
        if (change !== null) putChange(places.step(index), change);
      }
      for (let index = 0; index < windows.length; index += 1) {
        const window = windows[index] as Period;
        const place = places.window(index);
        const opening = part.arr[window.from] as number;
        const change = changeBetween(customer, window, books, part);
        if (change !== null) putChange(place + movementsAt, change);
        if (opening > 0)
          putOpening(place, opening, standings[places.dayOf[place] as number] as Standing);
        if (opening > 0 && change !== null)
          putRetained(place, change, part.arr[window.to] as number);
        putTerms(place, window, part);
      }
      return count > 0;
    },
    addTo(sums: Sums): void {
      for (let index = 0; index < count; index += 1) {
        const place = filled[index] as number;
        sums[place] = (sums[place] as number) + (amounts[index] as number);
      }
    },
    /** Each to the sums of its day. */
    addByDay(byDay: readonly Sums[]): void {
      for (let index = 0; index < count; index += 1) {
        const place = filled[index] as number;
        const sums = byDay[places.dayOf[place] as number] as Sums;
        sums[place] = (sums[place] as number) + (amounts[index] as number);
      }
    },
  };
};
