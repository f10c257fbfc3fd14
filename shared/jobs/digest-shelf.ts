import { compareUtf8 } from '../basics/compare-utf8.ts';
import type { Day } from '../basics/day.ts';
import type { Digest } from '../reports/digest.ts';
import type { Escalation } from '../reports/digest-copies.ts';
import type { DigestFinding, DigestNear, DigestRenewal } from '../reports/digest-renewal.ts';
import { digestTotals, isInDoubt } from '../reports/digest-totals.ts';
import { largestEntries } from '../reports/largest.ts';
import { orderedShelf } from '../reports/ordered-shelf.ts';

/** More than these nobody reads in a mail; the rest is counted. */
const MOST_REACHED = 60;
const MOST_NEAR = 10;
const MOST_FINDINGS = 5;
const MOST_ESCALATIONS = 60;
const MOST_DATES = 100;

/** What one person is told of, collected while accounts go by. */
export type DigestShelf = ReturnType<typeof digestShelf>;

type Told = Pick<Digest, 'reached' | 'totals' | 'near' | 'findings' | 'quiet' | 'escalations'>;

export const digestShelf = (recipient: string, asOf: Day) => {
  const reached = orderedShelf<DigestRenewal>(MOST_REACHED, byUrgency);
  const near = orderedShelf<DigestNear>(MOST_NEAR, bySize);
  const findings = orderedShelf<DigestFinding>(MOST_FINDINGS, byFinding);
  const escalations = orderedShelf<Escalated>(MOST_ESCALATIONS, bySize);
  const { totals, add: count } = digestTotals(asOf);
  const due = { near: 0 };
  const nearAtRisk = { count: 0, due: 0 };
  const quiet = { count: 0, due: 0, firstDecision: null as Day | null };

  return {
    recipient,
    totals,
    /** For the calendar. */
    dates: largestEntries(MOST_DATES),

    /** One that reached a milestone, and the manager of its account. */
    addReached(renewal: DigestRenewal, managerEmail: string | null): void {
      reached.add(renewal);
      count(renewal);
      if (renewal.escalation === null) return;
      const { renewalId, name, dueArrCents, escalation: because } = renewal;
      escalations.add({ renewalId, name, dueArrCents, because, managerEmail });
    },
    addNear(one: DigestNear): void {
      due.near += one.dueArrCents;
      if (isInDoubt(one.category ?? undefined)) {
        nearAtRisk.count += 1;
        nearAtRisk.due += one.dueArrCents;
      }
      near.add(one);
    },
    addQuiet({ dueArrCents, decisionOn }: Pick<DigestNear, 'dueArrCents' | 'decisionOn'>): void {
      quiet.count += 1;
      quiet.due += dueArrCents;
      if (decisionOn < asOf) return;
      const first = quiet.firstDecision;
      if (first === null || decisionOn < first) quiet.firstDecision = decisionOn;
    },
    addFinding(finding: DigestFinding): void {
      findings.add(finding);
    },

    told: (): Told => ({
      ...{ reached: reached.kept(), totals, quiet },
      near: { ...near.some(), due: due.near, atRisk: nearAtRisk },
      findings: findings.some(),
      escalations: escalations.kept(),
    }),
  };
};

interface Escalated extends Escalation {
  readonly renewalId: string;
  readonly dueArrCents: number;
}

interface Sized {
  readonly renewalId: string;
  readonly dueArrCents: number;
}

const bySize = (a: Sized, b: Sized): number =>
  b.dueArrCents - a.dueArrCents || compareUtf8(a.renewalId, b.renewalId);

const byFinding = (a: DigestFinding, b: DigestFinding): number =>
  bySize(a, b) || compareUtf8(a.says, b.says);

/** What a manager has to know of goes first, then the largest. */
const byUrgency = (a: DigestRenewal, b: DigestRenewal): number =>
  Number(b.escalation !== null) - Number(a.escalation !== null) || bySize(a, b);
