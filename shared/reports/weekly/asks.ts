import { compareUtf8 } from '../../basics/compare-utf8.ts';
import type { Day } from '../../basics/day.ts';
import { type Cents, formatMoney } from '../../basics/money.ts';
import { plainText } from '../../basics/text.ts';
import type { Asks, Words } from '../mail-content.ts';
import { shortDay } from '../words/days.ts';
import { personName } from '../words/people.ts';
import { sentence } from '../words/sentence.ts';
import type { WaitingRisk, WeeklyFigures } from './figures.ts';

/** A decision that is asked for, with whom it is asked of. */
interface Ask extends One {
  readonly ownerEmail: string | null;
  readonly dueOn: Day | null;
}

type One = Asks['asks'][number];

/** More than three are a list, and a list is put off. */
const MOST_ASKS = 3;

interface Candidate {
  /** Of the same money a decision goes before an answer that is late, and that before a war room. */
  readonly kind: 'renewal' | 'overdue' | 'war_room';
  readonly id: string;
  readonly account: string;
  readonly arr: Cents;
  readonly ask: Ask;
}

/**
 * What needs a decision this week, three at most: renewals at risk that are late or decided soon,
 * critical risks past the day of their play, and war rooms that have opened. Each with why, who and
 * when; the most money first, and an account once.
 */
export const weeklyAsks = (week: WeeklyFigures): readonly Ask[] => {
  const named = new Set<string>();
  return candidatesOf(week)
    .sort(
      (a, b) =>
        b.arr - a.arr || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || compareUtf8(a.id, b.id),
    )
    .filter(({ account }) => !named.has(account) && named.add(account))
    .slice(0, MOST_ASKS)
    .map(({ ask }) => ask);
};

/** Accounts that wait as well, beyond those that are asked of. */
export const asksLeftOut = (week: WeeklyFigures): number => {
  const { renewals, risk } = week;
  const accounts = new Set(candidatesOf(week).map(({ account }) => account));
  // Beyond the kept ones rows are counted, and not accounts.
  const uncounted =
    (renewals === null ? 0 : renewals.toDecideCount - renewals.toDecide.length) +
    (risk === null ? 0 : risk.overdueCount - risk.overdue.length) +
    (risk === null ? 0 : risk.warRoomCount - risk.warRooms.length);
  return Math.max(0, accounts.size - MOST_ASKS) + uncounted;
};

const KINDS: readonly Candidate['kind'][] = ['renewal', 'overdue', 'war_room'];

function candidatesOf({ renewals, risk, asOf, currency }: WeeklyFigures): Candidate[] {
  const about = { asOf, currency };
  return [
    ...(renewals?.toDecide ?? []).map(
      (one): Candidate => ({
        ...{ kind: 'renewal', id: one.renewalId, account: one.accountId, arr: one.due },
        ask: {
          what: `Decide how to keep ${plainText(one.name, 60)}, ${formatMoney(one.due, currency)}`,
          why: sentence(plainText(one.because, 200)),
          who: whoAndWhen(one.ownerEmail, one.decisionOn, about),
          ...{ ownerEmail: one.ownerEmail, dueOn: one.decisionOn },
        },
      }),
    ),
    ...(risk?.overdue ?? []).map((one) => waiting('overdue', one, about)),
    ...(risk?.warRooms ?? []).map((one) => waiting('war_room', one, about)),
  ];
}

interface About {
  readonly asOf: Day;
  readonly currency: string;
}

function waiting(kind: 'overdue' | 'war_room', one: WaitingRisk, about: About): Candidate {
  const name = plainText(one.name, 60);
  const money = formatMoney(one.arr, about.currency);
  const what =
    kind === 'overdue'
      ? `Unblock the answer for ${name}, ${money}`
      : `Back the war room for ${name}, ${money}`;
  const next = one.doNext === null ? '' : ` ${sentence(plainText(one.doNext, 120))}`;
  return {
    ...{ kind, id: one.accountId, account: one.accountId, arr: one.arr },
    ask: {
      what,
      why: `${sentence(plainText(one.evidence, 200))}${next}`,
      who: whoAndWhen(one.ownerEmail, one.dueOn, about),
      ...{ ownerEmail: one.ownerEmail, dueOn: one.dueOn },
    },
  };
}

function whoAndWhen(ownerEmail: string | null, day: Day | null, { asOf }: About): Words {
  const who =
    ownerEmail === null
      ? 'nobody owns it yet'
      : { name: personName(ownerEmail), address: ownerEmail };
  if (day === null) return [who];
  const isPast = day < asOf;
  const when = isPast ? `was due ${shortDay(day, asOf)}` : `by ${shortDay(day, asOf)}`;
  return [who, ' · ', { strong: when, tone: isPast ? 'bad' : 'warn' }];
}
