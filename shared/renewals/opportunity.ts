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
 * The opportunity that tells of a renewal: one that names the contract, before one of the account that
 * names none; an open one before a closed one, and the one that closes last. What closed before the
 * term began, or long after it, tells of another renewal.
 */
export const opportunityOf = (
  { contractId, start, end }: Term,
  opportunities: readonly Opportunity[],
): Opportunity | null => {
  const fits = opportunities.filter(
    (one) =>
      (one.contractId === contractId || one.contractId === null) &&
      (one.outcome === null ||
        (one.closeOn !== null && one.closeOn > start && one.closeOn <= end + CLOSED_AFTER_DAYS)),
  );
  const rank = (one: Opportunity) =>
    (one.contractId === null ? 2 : 0) + (one.outcome === null ? 0 : 1);
  return (
    fits.sort(
      (a, b) =>
        rank(a) - rank(b) ||
        (b.closeOn ?? 0) - (a.closeOn ?? 0) ||
        (a.opportunityId < b.opportunityId ? -1 : 1),
    )[0] ?? null
  );
};
