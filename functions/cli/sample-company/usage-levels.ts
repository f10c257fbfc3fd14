import { type AccountStory, declineOn } from './account-story.ts';
import { type DayNumber, startOfMonthInYearOf } from './day-number.ts';
import type { RandomStream } from './random-stream.ts';
import { seatsOn } from './seats-on.ts';

/** Users to be expected on an ordinary working day; between two of these it goes in a line. */
export interface UsageLevel {
  readonly day: DayNumber;
  readonly users: number;
}

interface Dip {
  readonly from: DayNumber;
  readonly days: number;
  readonly left: number;
}

const yearDays = 365;

/** Users on a working day for each paid seat, while all is well. */
export const useRatioOf = (story: AccountStory): number =>
  story.random('usage levels').between(...story.character.useRatio);

/** The course of an account's usage over one stretch under contract, as a line with knots. */
export const usageLevels = (
  story: AccountStory,
  from: DayNumber,
  to: DayNumber,
): readonly UsageLevel[] => {
  const random = story.random('usage levels');
  const { character } = story;
  const useRatio = random.between(...character.useRatio);
  const useLeft = character.turn ? random.between(...character.turn.useLeft) : 1;
  const rampDays = random.whole(45, 130);
  // One stalled customer in three never comes back to the product at all.
  const silentFrom =
    story.life.character === 'stalled' && random.chance(0.3) ? to - random.whole(25, 150) : to;
  const dips = [...seasonDips(story, from, to, random), ...pastDip(story, from, to, random)];

  const ratioOn = (day: DayNumber): number => {
    if (day >= silentFrom && silentFrom > from + rampDays && silentFrom < to) return 0;
    const ramp = Math.min(1, 0.12 + (0.88 * (day - from)) / rampDays);
    const fallen = 1 - declineOn(story, day) * (1 - useLeft);
    return useRatio * ramp * fallen * dips.reduce((left, dip) => left * dipOn(dip, day), 1);
  };

  return knotDays(story, from, to, rampDays, dips, silentFrom).map((day) => ({
    day,
    users: ratioOn(day) * seatsInUse(story, from, day),
  }));
};

/** Every day on which the line may bend, in order and once each. */
function knotDays(
  { lines, life, character }: AccountStory,
  from: DayNumber,
  to: DayNumber,
  rampDays: number,
  dips: readonly Dip[],
  silentFrom: DayNumber,
): DayNumber[] {
  const turn = life.turnDay ?? to;
  const fallDays = character.turn?.fallDays ?? 0;
  const days = [
    ...[from, to, from + rampDays, silentFrom - 1, silentFrom],
    ...[turn, turn + Math.round(fallDays / 3), turn + fallDays],
    ...lines.flatMap(({ start }) => [start, start + seatRampDays]),
    ...dips.flatMap((dip) => [0, 0.25, 0.75, 1].map((part) => dip.from + dip.days * part)),
  ];
  const inside = days.map(Math.floor).filter((day) => day >= from && day <= to);
  return [...new Set(inside)].sort((a, b) => a - b);
}

const seatRampDays = 40;

/** New seats fill over some weeks; seats given up are empty at once. */
function seatsInUse(story: AccountStory, from: DayNumber, day: DayNumber): number {
  const now = seatsOn(story, day);
  return Math.min(now, seatsOn(story, Math.max(from, day - seatRampDays)));
}

/** 1 outside a dip, what is left in the middle of it, a slope of a quarter on either side. */
function dipOn({ from, days, left }: Dip, day: DayNumber): number {
  const part = (day - from) / days;
  if (part <= 0 || part >= 1) return 1;
  return 1 - (1 - left) * Math.min(1, part * 4, (1 - part) * 4);
}

const lowMonths: Readonly<Record<string, number>> = {
  Education: 7,
  Retail: 2,
  'Travel and hospitality': 1,
  Construction: 12,
};

function seasonDips(
  { life, industry }: AccountStory,
  from: DayNumber,
  to: DayNumber,
  random: RandomStream,
): Dip[] {
  if (life.character !== 'seasonal') return [];
  const month = lowMonths[industry] ?? random.whole(1, 12);
  const [days, left] = [random.whole(60, 95), random.between(0.35, 0.6)];
  const dips: Dip[] = [];
  for (let year = from - yearDays; year <= to; year += yearDays) {
    dips.push({ from: startOfMonthInYearOf(year, month), days, left });
  }
  return dips;
}

/** Some have been through a low and come back: the false alarms of the past. */
function pastDip(
  { life }: AccountStory,
  from: DayNumber,
  to: DayNumber,
  random: RandomStream,
): Dip[] {
  const isSound = life.turnDay === null && life.character !== 'stalled';
  if (!isSound || to - from < 400 || !random.chance(0.35)) return [];
  const days = random.whole(45, 150);
  const start = random.whole(Math.max(from + 150, to - 640), to - days - 30);
  return [{ from: start, days, left: random.between(0.35, 0.75) }];
}
