/** What the CRM says of a renewal. Days are counted from 1970-01-01. */
export interface Opportunity {
  readonly opportunityId: string;
  readonly contractId: string | null;
  /** As the company names it. */
  readonly stage: string;
  /** In units of its currency. */
  readonly amount: number | null;
  readonly currency: string | null;
  readonly closeOn: number | null;
  readonly outcome: 'won' | 'lost' | null;
  readonly probability: number | null;
  readonly category: string | null;
  readonly stageSince: number | null;
  readonly nextStep: string | null;
}

interface Term {
  readonly contractId: string;
  readonly start: number;
  readonly end: number;
}

/** A renewal is closed at most so many days after the end of the term. */
const CLOSED_AFTER_DAYS = 120;

/**
 * The opportunity that tells of a renewal: an open one before a closed one, and the one that closes
 * last. What closed in the first half of the term, or long after it, tells of another renewal.
 */
export const opportunityOf = (
  { contractId, start, end }: Term,
  opportunities: readonly Opportunity[],
): Opportunity | null => {
  const fits = opportunities.filter(
    ({ contractId: named, outcome, closeOn }) =>
      named === contractId &&
      (outcome === null ||
        (closeOn !== null && closeOn > (start + end) / 2 && closeOn <= end + CLOSED_AFTER_DAYS)),
  );
  return (
    fits.sort(
      (a, b) =>
        Number(a.outcome !== null) - Number(b.outcome !== null) ||
        (b.closeOn ?? 0) - (a.closeOn ?? 0) ||
        (a.opportunityId < b.opportunityId ? -1 : 1),
    )[0] ?? null
  );
};

/**
 * Gives each opportunity of an account that names no contract to the one renewal it is nearest to,
 * that closes when the other ends; where it names no day, to the first that ends. So one deal never
 * decides two renewals. `terms` are those of which no opportunity tells by name.
 */
export const assigned = (
  opportunities: readonly Opportunity[],
  terms: readonly Term[],
): readonly Opportunity[] => {
  const named = opportunities.filter(({ contractId }) => contractId !== null);
  const unclaimed = terms
    .filter((term) => opportunityOf(term, named) === null)
    .sort((a, b) => a.end - b.end || (a.contractId < b.contractId ? -1 : 1));
  const given = opportunities
    .filter(({ contractId }) => contractId === null)
    .flatMap((one) => {
      const distance = (term: Term) => Math.abs(term.end - (one.closeOn ?? 0));
      const [nearest] = [...unclaimed].sort((a, b) => distance(a) - distance(b));
      return nearest === undefined ? [] : [{ ...one, contractId: nearest.contractId }];
    });
  return [...named, ...given];
};
