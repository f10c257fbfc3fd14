import {
  type Cut,
  cuts,
  type Onboarding,
  type RevenueCustomer,
  type Standing,
  startQuarter,
  UNNAMED,
} from './customer.ts';
import { customerShare } from './customer-share.ts';
import { type CutSums, kindAt, placesIn, type Sums } from './cut-sums.ts';
import type { Books, Ledger } from './ledger.ts';

/** Adds customers up by every cut as they stream past. Memory grows with the values of the cuts. */
export const rollupTally = (books: Books) => {
  const { steps } = books.calendar;
  const isAtClosing = books.policy.retention.attribute_at === 'closing';
  const places = placesIn(books);
  const share = customerShare(books, places);
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
