import { growthAfterTurn } from './account-character.ts';
import type { AccountLife } from './account-life.ts';
import {
  addOnProducts,
  type Currency,
  middleRateToUsd,
  platformProduct,
  type Segment,
  segments,
} from './company.ts';
import type { Term } from './contract-terms.ts';
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
  const { life, index, asOf } = deal;
  const prices = pricesOf(deal, random);
  const lastStart = life.terms.findLast(({ start }) => start < asOf)?.start ?? asOf;
  const lines: ContractLine[] = [];

  for (const { term, seats, addOns } of seatPlans(deal, prices.seatsToday, random)) {
    const turned = term.renews && life.turnDay !== null && term.start > life.turnDay;
    const discountPct = prices.discountPct + (turned ? prices.concessionPct : 0);
    // A month's subscription keeps its price; a contract for years steps up at each renewal.
    const isMonthly = term.months === 1;
    const yearsBefore = isMonthly ? 0 : Math.max(0, lastStart - term.start) / 365.25;
    const listPrice = prices.seatPrice * (1 - (yearsBefore * (prices.upliftPct ?? 0)) / 100);
    const seatPrice = listPrice * (1 - discountPct / 100);
    const add = (sold: { start: DayNumber; seats: number; product: string }, renews: boolean) =>
      lines.push({
        contractId: contractId(index, lines.length + 1),
        product: sold.product,
        start: sold.start,
        end: term.end,
        termMonths: monthsBetween(sold.start, term.end),
        seats: sold.seats,
        arrCents: Math.max(100, Math.round(sold.seats * seatPrice)) * 100,
        discountPct,
        upliftPct: isMonthly ? null : prices.upliftPct,
        renews,
      });

    add({ start: term.start, seats, product: platformProduct }, term.renews);
    for (const addOn of addOns) add(addOn, false);
  }
  return lines;
};

interface Prices {
  /** In the account's currency, before any discount, for the term that runs today. */
  readonly seatPrice: number;
  readonly discountPct: number;
  /** What is given on top to keep a customer who has turned. */
  readonly concessionPct: number;
  readonly upliftPct: number | null;
  readonly seatsToday: number;
}

function pricesOf({ life, segment, currency }: Deal, random: RandomStream): Prices {
  const { arrUsd, seatPriceUsd, discountPct: usual } = segments[segment];
  const priceUsd = random.between(...seatPriceUsd);
  const discountPct = random.chance(0.03) ? random.pick([30, 35, 40]) : random.pick(usual);
  const upliftPct = random.pick([null, 3, 3, 4, 5, 5, 7]);
  const drawn = [random.quantile(arrUsd), random.quantile(arrUsd)] as const;
  // Those who leave are rather the smaller ones.
  const usd = life.course === 'churned' ? Math.min(...drawn) : drawn[0];
  return {
    seatPrice: priceUsd / middleRateToUsd[currency],
    discountPct,
    concessionPct: random.chance(0.35) ? random.pick([10, 15, 20]) : 0,
    upliftPct,
    seatsToday: usd / (priceUsd * (1 - discountPct / 100)),
  };
}

/** From the newest term to the oldest: each closes with the seats the next one grew from. */
function seatPlans(deal: Deal, seatsToday: number, random: RandomStream): SeatPlan[] {
  const { life, segment } = deal;
  const { seatPack } = segments[segment];
  const { renewalGrowth, addOnShare } = life.traits;
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

/** Purchases within a term end with it, and come before anyone would give notice of its end. */
function addOnStarts({ life, asOf }: Deal, term: Term, random: RandomStream): DayNumber[] {
  const starts: DayNumber[] = [];
  for (let month = 12; month <= term.months; month += 12) {
    if (!random.chance(life.traits.addOnChance)) continue;
    const start = addMonths(term.start, month - random.whole(5, 10));
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
