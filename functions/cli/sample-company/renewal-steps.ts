import type { AccountStory } from './account-story.ts';
import { emailDomain, platformProduct } from './company.ts';
import { contractPapers } from './contracts.ts';
import type { DayNumber } from './day-number.ts';
import type { RandomStream } from './random-stream.ts';
import { type Cell, sampleTable } from './sample-table.ts';

/** Before a renewal the price is gone through early, and what lawyers have to say comes late. */
export const renewalSteps = sampleTable({
  name: 'renewal_steps',
  columns: {
    account_id: 'VARCHAR',
    step: 'VARCHAR',
    contract_id: 'VARCHAR',
    started_on: 'DATE',
    completed_on: 'DATE',
    owner_email: 'VARCHAR',
  },

  *rows(story, { from }) {
    const random = story.random('renewal steps');
    const steps = renewalsOf(story, from).flatMap((line) => stepsOf(story, line, random));
    // In the order of the key: every legal review, then every pricing review.
    yield* steps.sort((a, b) => (a.step < b.step ? -1 : a.step > b.step ? 1 : 0));
  },
});

/** So long before a term ends its renewal is worked on. */
const aheadDays = 150;

interface Renewal {
  readonly contractId: string;
  readonly end: DayNumber;
}

/** The terms that end soon or have been renewed; who gave notice is not bargained with. */
const renewalsOf = (story: AccountStory, from: DayNumber): Renewal[] =>
  contractPapers(story)
    .filter(({ line, notice }) => {
      const isPlatform = line.product === platformProduct && line.termMonths > 1;
      return isPlatform && notice === null && line.end >= from;
    })
    .filter(({ line }) => line.end <= story.asOf + aheadDays)
    .map(({ line }) => line);

type Step = Readonly<
  Record<'account_id' | 'contract_id' | 'owner_email', Cell> &
    Record<'started_on' | 'completed_on', DayNumber | null>
> & { readonly step: 'pricing_review' | 'legal_review' };

function stepsOf(story: AccountStory, { contractId, end }: Renewal, random: RandomStream): Step[] {
  const { asOf, accountId, segment, motion, team } = story;
  const pricing = { on: end - random.whole(112, 148), days: random.whole(4, 24) };
  const legal = { on: end - random.whole(48, 92), days: random.whole(8, 40) };
  const [isPriced, isRead] = [random.chance(0.88), random.chance(0.85)];
  const [priceIsOpen, termsAreOpen] = [random.chance(0.08), random.chance(0.15)];
  // What renews by itself for little is neither priced nor read anew.
  if (motion === 'self-serve') return [];

  const step = (course: typeof pricing, isOpen: boolean) => {
    const done = course.on + course.days;
    return {
      account_id: accountId,
      contract_id: contractId,
      started_on: course.on,
      completed_on: done < asOf && !(isOpen && end > asOf) ? done : null,
    };
  };
  const steps: Step[] = [];
  if (isRead && segment !== 'SMB' && legal.on < asOf) {
    const owner_email = `legal@${emailDomain}`;
    steps.push({ step: 'legal_review', ...step(legal, termsAreOpen), owner_email });
  }
  if (isPriced && pricing.on < asOf) {
    const owner_email = team.aeEmail;
    steps.push({ step: 'pricing_review', ...step(pricing, priceIsOpen), owner_email });
  }
  return steps;
}
