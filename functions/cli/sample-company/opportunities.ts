import { type AccountStory, spellToday, strainOn } from './account-story.ts';
import { platformProduct } from './company.ts';
import { contractPapers } from './contracts.ts';
import type { DayNumber } from './day-number.ts';
import { careOf } from './deal-care.ts';
import type { RandomStream } from './random-stream.ts';
import { reasonToLeave } from './reasons.ts';
import { type Cell, sampleTable, type Window } from './sample-table.ts';

/** What is to be sold to a customer again or on top: won, lost and still open. */
export const opportunities = sampleTable({
  name: 'opportunities',
  columns: {
    opportunity_id: 'VARCHAR',
    account_id: 'VARCHAR',
    kind: 'VARCHAR',
    stage: 'VARCHAR',
    amount: 'DECIMAL(18,2)',
    currency: 'VARCHAR',
    close_on: 'DATE',
    outcome: 'VARCHAR',
    reason: 'VARCHAR',
    contract_id: 'VARCHAR',
    probability: 'DOUBLE',
    stage_since: 'DATE',
    next_step: 'VARCHAR',
    next_step_on: 'DATE',
    forecast_category: 'VARCHAR',
  },

  *rows(story, window) {
    const random = story.random('opportunities');
    const care = story.random('deal care');
    // Whatever renews by itself is rarely written down.
    const isKept = story.segment !== 'SMB' || random.chance(0.3);
    let number = 0;
    for (const deal of [
      ...(isKept ? renewals(story, window, random) : []),
      ...expansions(story, window, random),
    ]) {
      number += 1;
      yield {
        opportunity_id: `opp-${story.accountId.slice(4)}-${String(number).padStart(2, '0')}`,
        account_id: story.accountId,
        currency: story.currency,
        ...deal,
        ...careOf(story, deal, care),
      };
    }
  },
});

interface Deal extends Readonly<Record<string, Cell>> {
  readonly kind: 'renewal' | 'expansion';
  readonly stage: string;
  readonly amount: number | null;
  readonly close_on: DayNumber;
  readonly outcome: 'won' | 'lost' | null;
  readonly reason: string | null;
  readonly contract_id: string | null;
  readonly probability: number | null;
}

type Closed = Pick<Deal, 'stage' | 'outcome' | 'probability'>;

const won: Closed = { stage: 'Closed won', outcome: 'won', probability: 1 };
const lost: Closed = { stage: 'Closed lost', outcome: 'lost', probability: 0 };

/** So long before a term ends its renewal is opened. */
const aheadDays = 150;

function* renewals(story: AccountStory, { from }: Window, random: RandomStream): Iterable<Deal> {
  const { asOf, life } = story;
  const papers = contractPapers(story);
  for (const { line, renewal, notice } of papers) {
    const isPlatform = line.product === platformProduct && line.termMonths > 1;
    const fight = random.unit();
    const open = openDeal(story, line.end, random);
    if (!isPlatform || line.end < from || line.end > asOf + aheadDays) continue;
    const deal = {
      kind: 'renewal',
      amount: line.arrCents,
      contract_id: line.contractId,
      reason: null,
    } as const;
    if (renewal) {
      const signedOn = papers.find((paper) => paper.line === renewal)?.signedOn ?? line.end;
      yield { ...deal, ...won, amount: renewal.arrCents, close_on: signedOn };
    } else if (notice !== null && (fight > 0.3 || line.end <= asOf)) {
      yield { ...deal, ...lost, close_on: notice, reason: reasonToLeave(story, random) };
    } else if (line.end <= asOf && life.course !== 'overdue') {
      yield { ...deal, ...lost, close_on: line.end - 1, reason: reasonToLeave(story, random) };
    } else {
      yield { ...deal, ...open, probability: notice === null ? open.probability : 0.1 };
    }
  }
}

function* expansions(story: AccountStory, { from }: Window, random: RandomStream): Iterable<Deal> {
  const { asOf, life, lines, motion } = story;
  for (const { line, signedOn } of contractPapers(story)) {
    if (line.product === platformProduct || signedOn < from) continue;
    const deal = {
      kind: 'expansion',
      amount: line.arrCents,
      contract_id: line.contractId,
    } as const;
    yield { ...deal, ...won, close_on: signedOn, reason: null };
  }
  const last = lines.at(-1);
  if (!last || !spellToday(story) || motion === 'self-serve') return;
  const deal = {
    kind: 'expansion',
    amount: Math.round((last.arrCents * random.between(0.08, 0.3)) / 10_000) * 10_000,
    contract_id: null,
  } as const;
  if (random.chance(0.1)) {
    const reason = random.pick(['budget', 'no need yet', 'another tool']);
    yield { ...deal, ...lost, close_on: asOf - random.whole(20, 300), reason };
  }
  const chance = { growing: 0.5, steady: 0.15, seasonal: 0.1 }[life.character as string] ?? 0.02;
  if (random.chance(story.segment === 'SMB' ? chance / 3 : chance)) {
    yield { ...deal, ...openDeal(story, asOf + random.whole(8, 110), random), reason: null };
  }
}

const stages = [
  ['Qualified', 0.5],
  ['Proposal', 0.65],
  ['Negotiation', 0.8],
  ['Verbal yes', 0.92],
] as const;

/** The nearer the day, the further on; where there is strain, with less hope. */
function openDeal(
  story: AccountStory,
  closeOn: DayNumber,
  random: RandomStream,
): Closed & Pick<Deal, 'close_on'> {
  const near = 1 - Math.max(0, closeOn - story.asOf) / aheadDays;
  const place = Math.min(3, Math.floor(Math.max(0, near) * 2.5 + random.unit() * 1.6));
  const [stage, hope] = stages[place] ?? stages[0];
  const probability = hope * (1 - 0.65 * strainOn(story, story.asOf));
  const isSet = !random.chance(0.05);
  return {
    stage,
    outcome: null,
    probability: isSet ? Math.round(probability * 100) / 100 : null,
    close_on: closeOn,
  };
}
