import type { Character } from './account-character.ts';
import { type AccountLife, accountLife } from './account-life.ts';
import {
  type Currency,
  currenciesByRegion,
  type Region,
  regionsOfEverydayNames,
  type Segment,
} from './company.ts';
import { companyNames, daughterName } from './company-names.ts';
import { type ContractLine, contractLines } from './contract-lines.ts';
import type { DayNumber } from './day-number.ts';
import { groupOf, groupRegions, segmentOf } from './groups.ts';
import { arrUsdToday } from './lines-today.ts';
import { type Motion, motionOf } from './motion.ts';
import { type RandomStream, randomStream } from './random-stream.ts';
import { type Script, scriptOf } from './stories.ts';
import { type AccountTeam, accountTeam } from './team.ts';

/** All that the tables tell about one account, each from its own side. */
export interface AccountStory {
  readonly index: number;
  readonly asOf: DayNumber;
  readonly accountId: string;
  readonly parentAccountId: string | null;
  readonly name: string;
  readonly segment: Segment;
  readonly industry: string;
  readonly region: Region;
  readonly currency: Currency;
  readonly team: AccountTeam;
  readonly life: AccountLife;
  readonly character: Character;
  readonly lines: readonly ContractLine[];
  /** ARR in US dollars at the middle rates: today's, or the last of those who left. */
  readonly arrUsd: number;
  readonly motion: Motion;
  /** What was settled beforehand, for the few accounts with a part in `stories`. */
  readonly script: Script | null;
  /** The account's own random numbers for one topic, untouched by any other. */
  random(topic: string): RandomStream;
}

/** Tells the story of any account by its index; the same whatever the number of accounts. */
export const accountStories = ({
  seed,
  asOf,
}: {
  seed: number;
  asOf: DayNumber;
}): ((index: number) => AccountStory) => {
  const nameOf = companyNames(seed);

  return (index) => {
    const random = randomStream(seed, index, 'account');
    const segment = segmentOf(seed, index);
    const group = groupOf(seed, index);
    const { name, industry, home } = nameOf(group?.head ?? index);
    const region =
      (group ? null : home) ??
      random.weighted({ ...regionsOfEverydayNames, ...groupRegions(group) });
    const currency = random.weighted(currenciesByRegion[region]);
    const life = accountLife({ seed, index, asOf }, segment, random);
    const lines = contractLines({ life, segment, currency, index, asOf }, random);
    const arrUsd = arrUsdToday({ asOf, lines, life, currency });
    return {
      index,
      asOf,
      accountId: accountId(index),
      parentAccountId: group ? accountId(group.head) : null,
      name: group ? daughterName(name, region, group.order) : name,
      segment,
      industry,
      region,
      currency,
      team: accountTeam(seed, index, segment, region),
      life,
      character: life.traits,
      lines,
      arrUsd,
      motion: motionOf(segment, arrUsd),
      script: scriptOf(index),
      random: (topic) => randomStream(seed, index, topic),
    };
  };
};

export const accountId = (index: number): string => `acc-${String(index + 1).padStart(7, '0')}`;

/** How far an account has fallen on a day: 0 before its turn, 1 when the fall is over. */
export const declineOn = ({ life, character }: AccountStory, day: DayNumber): number => {
  if (life.turnDay === null || !character.turn) return 0;
  return Math.min(1, Math.max(0, (day - life.turnDay) / character.turn.fallDays));
};

/** How strained the relation is on a day, from 0 (all is well) to 1 (as good as lost). */
export const strainOn = (story: AccountStory, day: DayNumber): number => {
  const { strain, turn } = story.character;
  return turn ? strain + declineOn(story, day) * (turn.strain - strain) : strain;
};

/** The first day under contract, and the first one after it. */
export interface Spell {
  readonly from: DayNumber;
  readonly to: DayNumber;
}

/** The stretches of days under contract, as of today; an overdue renewal is still at work. */
export const daysUnderContract = ({ life, asOf }: Pick<AccountStory, 'life' | 'asOf'>): Spell[] => {
  const spells: { from: DayNumber; to: DayNumber }[] = [];
  for (const { start, end, renews } of life.terms) {
    if (start >= asOf) continue;
    const current = spells.at(-1);
    const to = life.course === 'overdue' ? asOf : Math.min(end, asOf);
    if (renews && current) current.to = to;
    else spells.push({ from: start, to });
  }
  return spells;
};

/** The spell that runs today; undefined for former customers and those not yet begun. */
export const spellToday = (story: AccountStory): Spell | undefined =>
  story.life.course === 'churned' ? undefined : daysUnderContract(story).at(-1);
