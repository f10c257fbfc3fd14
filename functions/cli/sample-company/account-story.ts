import { type Character, characters } from './account-character.ts';
import { type AccountLife, accountLife, segmentStep } from './account-life.ts';
import {
  type Currency,
  currenciesByRegion,
  type Region,
  regionsOfEverydayNames,
  type Segment,
  segments,
} from './company.ts';
import { companyNames, daughterName } from './company-names.ts';
import { type ContractLine, contractLines } from './contract-lines.ts';
import type { DayNumber } from './day-number.ts';
import { evenly, type RandomStream, randomStream, weightedKey } from './random-stream.ts';
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
  /** The account's own random numbers for one topic, untouched by any other. */
  random(topic: string): RandomStream;
}

const segmentShares: Readonly<Record<Segment, number>> = {
  Enterprise: segments.Enterprise.share,
  'Mid-market': segments['Mid-market'].share,
  SMB: segments.SMB.share,
};

/** A group: the first Enterprise account of so many neighbours, and the larger ones after it. */
const neighbours = 64;

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
      character: characters[life.character],
      lines: contractLines({ life, segment, currency, index, asOf }, random),
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

/** The stretches of days under contract, as of today; an overdue renewal is still at work. */
export const daysUnderContract = ({
  life,
  asOf,
}: AccountStory): { from: DayNumber; to: DayNumber }[] => {
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

function segmentOf(seed: number, index: number): Segment {
  return weightedKey(segmentShares, evenly(seed, index, segmentStep));
}

/** The group an account is a daughter in, and which daughter it is; undefined for all others. */
function groupOf(seed: number, index: number): { head: number; order: number } | undefined {
  if (segmentOf(seed, index) === 'SMB') return undefined;
  const first = index - (index % neighbours);
  let head = first;
  while (segmentOf(seed, head) !== 'Enterprise') head += 1;
  const daughters = randomStream(seed, head, 'group').whole(2, 5);
  let order = -1;
  for (let other = head; other < index && order < daughters; other += 1) {
    if (segmentOf(seed, other) !== 'SMB') order += 1;
  }
  return head < index && order < daughters ? { head, order } : undefined;
}

/** Groups spread over the world more than single companies do. */
const groupRegions = (group: object | undefined): Partial<Record<Region, number>> =>
  group ? { 'North America': 35, EMEA: 35, APAC: 18, LATAM: 12 } : {};
