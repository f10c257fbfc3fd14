import { type AccountStory, daysUnderContract } from './account-story.ts';
import type { Segment } from './company.ts';
import type { DayNumber } from './day-number.ts';
import type { RandomStream } from './random-stream.ts';
import { sampleTable } from './sample-table.ts';

type Kind =
  | 'competitor'
  | 'budget'
  | 'compliance'
  | 'security'
  | 'acquisition'
  | 'leadership_change'
  | 'other';

interface Signal {
  readonly kind: Kind;
  readonly at: DayNumber;
}

/** What was heard about a customer from outside the product; oldest first within an account. */
export const signals = sampleTable({
  name: 'signals',
  columns: { account_id: 'VARCHAR', kind: 'VARCHAR', at: 'DATE', note: 'VARCHAR' },

  *rows(story, window) {
    const random = story.random('signals');
    // One of a kind a day is enough.
    const heard = new Map<string, Signal>();
    for (const signal of [...rumours(story, random), ...troubles(story, random)]) {
      const isUnderContract = daysUnderContract(story).some(
        ({ from, to }) => from <= signal.at && signal.at < to,
      );
      if (isUnderContract && signal.at >= window.from) {
        heard.set(`${signal.at} ${signal.kind}`, signal);
      }
    }
    for (const { kind, at } of [...heard.values()].sort((a, b) => a.at - b.at)) {
      yield { account_id: story.accountId, kind, at, note: random.pick(notes[kind]) };
    }
  },
});

const notes: Readonly<Record<Kind, readonly string[]>> = {
  competitor: [
    'Asked how we compare with Quayline',
    'Saw a demo of Portolan last week',
    'New CIO ran Portolan at the previous company',
    'Put the platform out to tender',
  ],
  budget: [
    'Hiring freeze announced',
    'Asked for a cheaper edition',
    'All software above 20k to be approved by the CFO',
    'Missed their quarter; costs under review',
  ],
  compliance: [
    'Audit asks where data is kept',
    'Needs a new data processing agreement before renewal',
    'Regulator asks for a second hosting region',
  ],
  security: ['Sent a questionnaire of 180 questions', 'Asked about our last penetration test'],
  acquisition: ['To be acquired; closing next quarter', 'Bought a smaller rival'],
  leadership_change: ['New head of operations', 'Our sponsor moves to another division'],
  other: ['Opens an office in Lisbon', 'Speaks at our user group', 'Plans to merge two teams'],
};

const perYear: Readonly<Record<Segment, number>> = {
  Enterprise: 0.5,
  'Mid-market': 0.22,
  SMB: 0.03,
};

const usual: Readonly<Record<Kind, number>> = {
  competitor: 20,
  budget: 14,
  compliance: 10,
  security: 10,
  acquisition: 8,
  leadership_change: 18,
  other: 20,
};

/** What may be heard of anybody, whatever the state of affairs. */
function* rumours({ asOf, segment, script }: AccountStory, random: RandomStream): Iterable<Signal> {
  for (let year = 0; year < 2 && !script; year += 1) {
    const [at, kind] = [asOf - 365 * year - random.whole(1, 365), random.weighted(usual)];
    if (random.chance(perYear[segment])) yield { kind, at };
  }
}

/** What is heard where there is trouble; of small customers one hears less. */
function* troubles({ asOf, life, segment }: AccountStory, random: RandomStream): Iterable<Signal> {
  const heard = segment === 'SMB' ? 0.15 : 1;
  const end = life.course === 'churned' ? (life.terms.at(-1)?.end ?? asOf) : asOf;
  const recently = end - random.whole(4, 100);
  const [speaks, turn] = [random.unit() / heard, life.turnDay ?? recently];
  if (life.character === 'budget-cut' && speaks < 0.85) yield { kind: 'budget', at: recently };
  if (life.character === 'champion-left' && speaks < 0.6) {
    yield { kind: 'leadership_change', at: turn + random.whole(0, 12) };
  }
  if (life.character === 'fading') {
    if (speaks < 0.28) yield { kind: 'competitor', at: recently };
    else if (speaks < 0.45) yield { kind: 'budget', at: recently };
  }
  if (life.character === 'support-trouble' && speaks < 0.3) {
    yield { kind: speaks < 0.2 ? 'competitor' : 'security', at: recently };
  }
}
