import { characters, growthAfterTurn } from './account-character.ts';
import type { AccountLife, Term } from './account-life.ts';
import {
  addOnProducts,
  type Currency,
  middleRateToUsd,
  platformProduct,
  type Segment,
  segments,
} from './company.ts';
import { addMonths, type DayNumber } from './day-number.ts';
import type { RandomStream } from './random-stream.ts';

/** One line of a contract, as it stands in the books. */
export interface ContractLine {
  readonly contractId: string;
  readonly product: string;
  readonly start: DayNumber;
  readonly end: DayNumber;
  readonly termMonths: number;
  readonly seats: number;
  readonly arrCents: number;
  readonly discountPct: number;
  readonly upliftPct: number | null;
  readonly renews: boolean;
}

interface Deal {
  readonly life: AccountLife;
  readonly segment: Segment;
  readonly currency: Currency;
  readonly index: number;
  readonly asOf: DayNumber;
}

interface SeatPlan {
  readonly term: Term;
  readonly seats: number;
  readonly addOns: readonly { start: DayNumber; seats: number; product: string }[];
}

/**
 * The lines of an account from first to last. Seats are set for today (or the last day) and then
 * reckoned backwards, so that the sizes of today are right however long the history.
 */
export const contractLines = (deal: Deal, random: RandomStream): ContractLine[] => {
  const { life, segment, currency, index, asOf } = deal;
  const price = random.between(...segments[segment].seatPriceUsd) / middleRateToUsd[currency];
  const usualDiscount = random.chance(0.03)
    ? random.pick([30, 35, 40])
    : random.pick(segments[segment].discountPct);
  const uplift = random.pick([null, 3, 3, 4, 5, 5, 7]);
  const { arrUsd } = segments[segment];
  const drawn = [random.quantile(arrUsd), random.quantile(arrUsd)] as const;
  // Those who leave are rather the smaller ones.
  const usd = life.course === 'churned' ? Math.min(...drawn) : drawn[0];
  const seats = usd / (price * middleRateToUsd[currency] * (1 - usualDiscount / 100));
  const concession = random.chance(0.35) ? random.pick([10, 15, 20]) : 0;
  const lastStart = life.terms.findLast(({ start }) => start < asOf)?.start ?? asOf;

  const lines = seatPlans(deal, seats, random).flatMap(({ term, seats: sold, addOns }) => {
    const turned = term.renews && life.turnDay !== null && term.start > life.turnDay;
    const discountPct = usualDiscount + (turned ? concession : 0);
    const years = (term.start - lastStart) / 365.25;
    const seatPrice = price * (1 + (Math.min(0, years) * (uplift ?? 0)) / 100);
    const common = { end: term.end, discountPct, upliftPct: term.months < 12 ? null : uplift };
    const arrOf = (count: number): number =>
      Math.max(100, Math.round(count * seatPrice * (1 - discountPct / 100))) * 100;

    return [
      {
        ...common,
        product: platformProduct,
        start: term.start,
        termMonths: term.months,
        seats: sold,
        arrCents: arrOf(sold),
        renews: term.renews,
      },
      ...addOns.map((addOn) => ({
        ...common,
        product: addOn.product,
        start: addOn.start,
        termMonths: monthsBetween(addOn.start, term.end),
        seats: addOn.seats,
        arrCents: arrOf(addOn.seats),
        renews: false,
      })),
    ];
  });
  return lines.map((line, place) => ({ contractId: contractId(index, place + 1), ...line }));
};

/** From the newest term to the oldest: each began with the seats the next one's growth started from. */
function seatPlans(deal: Deal, seatsToday: number, random: RandomStream): SeatPlan[] {
  const { life, segment } = deal;
  const { seatPack } = segments[segment];
  const { renewalGrowth, addOnShare } = characters[life.character];
  const plans: SeatPlan[] = [];
  let closing = seatsToday;

  for (const term of life.terms.toReversed()) {
    const starts = addOnStarts(deal, term, random);
    const shares = starts.map(() => random.between(...addOnShare));
    const opening = closing / shares.reduce((growth, share) => growth * (1 + share), 1);
    const addOns = starts.map((start, place) => ({
      start,
      seats: packs(opening * (shares[place] ?? 0), seatPack),
      product: random.pick(addOnProducts),
    }));
    const turned = life.turnDay !== null && term.start > life.turnDay;
    const growth = random.quantile(turned ? growthAfterTurn : renewalGrowth);
    if (term.start >= deal.asOf && term.renews) {
      plans.push({ term, seats: packs(closing * growth, seatPack, 3), addOns: [] });
      continue;
    }
    plans.push({ term, seats: packs(opening, seatPack, 3), addOns });
    if (term.renews) closing = opening / (term.months === 1 ? 1 + (growth - 1) / 12 : growth);
  }
  return plans.reverse();
}

/** Purchases within a term end with it and start on one of its monthly days. */
function addOnStarts({ life, asOf }: Deal, term: Term, random: RandomStream): DayNumber[] {
  const starts: DayNumber[] = [];
  for (let month = 12; month <= term.months; month += 12) {
    if (!random.chance(characters[life.character].addOnChance)) continue;
    const start = addMonths(term.start, month - random.whole(3, 9));
    if (start < asOf && (life.turnDay === null || start < life.turnDay)) starts.push(start);
  }
  return starts;
}

const packs = (seats: number, pack: number, least = 1): number =>
  Math.max(least, Math.round(seats / pack) * pack);

function monthsBetween(start: DayNumber, end: DayNumber): number {
  return Math.round((end - start) / (365.25 / 12));
}

const contractId = (index: number, place: number): string =>
  `con-${String(index + 1).padStart(7, '0')}-${String(place).padStart(2, '0')}`;
