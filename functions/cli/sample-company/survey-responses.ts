import { type AccountStory, daysUnderContract, declineOn } from './account-story.ts';
import type { Segment } from './company.ts';
import { type DayNumber, secondsPerDay } from './day-number.ts';
import type { RandomStream } from './random-stream.ts';
import { type Cell, sampleTable } from './sample-table.ts';

/** What customers say when asked: NPS about once a quarter, CSAT after some of the work done. */
export const surveyResponses = sampleTable({
  name: 'survey_responses',
  columns: {
    response_id: 'VARCHAR',
    account_id: 'VARCHAR',
    kind: 'VARCHAR',
    score: 'INTEGER',
    responded_at: 'TIMESTAMP',
    contact_id: 'VARCHAR',
    theme: 'VARCHAR',
    closed_loop_at: 'TIMESTAMP',
  },

  *rows(story, window) {
    const random = story.random('survey responses');
    const { asked, answers, silent } = habits[story.segment];
    if (random.chance(silent)) return;
    const people = Math.max(1, random.whole(...asked));
    let number = 0;
    for (const { day, kind } of rounds(story, window.from, random)) {
      for (let person = 1; person <= people; person += 1) {
        const willing = answers * (1 - 0.35 * declineOn(story, day));
        if (!random.chance(kind === 'nps' ? willing : willing * 0.5)) continue;
        number += 1;
        yield {
          response_id: `res-${story.accountId.slice(4)}-${String(number).padStart(4, '0')}`,
          account_id: story.accountId,
          kind,
          contact_id: `ctc-${story.accountId.slice(4)}-${person}`,
          ...answerOf(story, day, kind, random),
        };
      }
    }
  },
});

interface Habits {
  /** How many people of an account are asked. */
  readonly asked: readonly [number, number];
  readonly answers: number;
  /** Accounts of which nobody ever answers. */
  readonly silent: number;
}

const habits: Readonly<Record<Segment, Habits>> = {
  Enterprise: { asked: [3, 8], answers: 0.3, silent: 0.04 },
  'Mid-market': { asked: [1, 4], answers: 0.28, silent: 0.14 },
  SMB: { asked: [1, 1], answers: 0.3, silent: 0.42 },
};

type Kind = 'nps' | 'csat';

/** The days on which questions went out, oldest first. */
function* rounds(
  story: AccountStory,
  windowFrom: DayNumber,
  random: RandomStream,
): Iterable<{ day: DayNumber; kind: Kind }> {
  for (const { from, to } of daysUnderContract(story)) {
    let day = Math.max(from + 45, windowFrom) + random.whole(0, 85);
    for (let round = 0; day < to - 1; round += 1, day += random.whole(38, 54)) {
      yield { day, kind: round % 2 === 0 ? 'nps' : 'csat' };
    }
  }
}

function answerOf(
  story: AccountStory,
  asked: DayNumber,
  kind: Kind,
  random: RandomStream,
): Readonly<Record<'score' | 'responded_at' | 'theme' | 'closed_loop_at', Cell>> {
  const { asOf, character } = story;
  // Answers come within the day, so that none falls after the last day under contract.
  const respondedAt = asked * secondsPerDay + random.whole(21_600, 79_000);
  const fallen = declineOn(story, asked);
  const mood = character.mood + fallen * ((character.turn?.mood ?? 0) - character.mood);
  const noise = random.quantile([-2.8, -1, -0.2, 0.5, 1.2, 2]);
  const nps = Math.min(10, Math.max(0, Math.round(mood + noise)));
  const csat = Math.min(5, Math.max(1, Math.round((mood + noise) / 2 + 0.2)));
  const score = kind === 'nps' ? nps : csat;
  const unhappy = kind === 'nps' ? nps <= 6 : csat <= 2;
  const closesAfter = random.quantile([0.3, 1, 2, 4, 8, 19]) * secondsPerDay;
  const closedAt = Math.round(respondedAt + closesAfter);
  const isClosed = random.chance(fallen > 0.5 ? 0.6 : 0.8) && closedAt < asOf * secondsPerDay;
  const hasTheme = random.chance(unhappy ? 0.85 : 0.5);
  const theme = themeOf(story, unhappy, random);
  return {
    score,
    responded_at: respondedAt,
    theme: hasTheme ? theme : null,
    closed_loop_at: unhappy && isClosed ? closedAt : null,
  };
}

function themeOf({ life }: AccountStory, unhappy: boolean, random: RandomStream): string {
  if (!unhappy) {
    return random.weighted({
      'ease of use': 30,
      'time saved': 22,
      support: 16,
      reporting: 14,
      integrations: 10,
      onboarding: 8,
    });
  }
  const isTroubled = life.character === 'support-trouble';
  return random.weighted({
    support: isTroubled ? 40 : 8,
    performance: isTroubled ? 30 : 12,
    pricing: 20,
    reporting: 18,
    'missing features': 18,
    onboarding: life.character === 'stalled' ? 40 : 8,
    integrations: 12,
  });
}
