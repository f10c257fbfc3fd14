import type { Period } from './calendar.ts';
import { centsOn } from './contract-line.ts';
import type { Standing } from './customer.ts';
import { fieldAt, kindAt, movementsAt, type Places, type Sums } from './cut-sums.ts';
import type { Books, Ledger } from './ledger.ts';
import { type Change, changeBetween } from './movements.ts';

/** What one customer, or one product of it, adds to the sums of every cut it is in. */
export const customerShare = (books: Books, places: Places) => {
  const { epochs, steps, windows } = books.calendar;
  const { rates } = books;
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
    let pending = 0;
    for (const line of lines) {
      // The term of one who waits for a late renewal has ended, though it still counts.
      const ends = line.isPending ? line.end : line.ends;
      if (ends <= closing) ended ||= ends > opening;
      else if (line.start <= opening) ranThrough = true;
      else reachesOn = true;
      if (line.isPending && line.end <= closing) {
        pending += centsOn(line, closing, rates.rateOn(line.currency, to));
      }
    }
    if (pending > 0) amounts[at(place + fieldAt.pendingCents)] = pending;
    if (!ended || ranThrough) return;
    amounts[at(place + fieldAt.customersRenewing)] = 1;
    amounts[at(place + fieldAt.renewingCents)] = arr[from] as number;
    if (!reachesOn && pending === 0) amounts[at(place + fieldAt.customersRenewingLost)] = 1;
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
