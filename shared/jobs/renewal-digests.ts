import { compareUtf8 } from '../basics/compare-utf8.ts';
import type { Day } from '../basics/day.ts';
import type { Config } from '../config/schema.ts';
import type { PlannedMessage } from '../outbox/planned-message.ts';
import type { Attachment } from '../ports/mailer.ts';
import type { Digest } from '../reports/digest.ts';
import { escalatedTo } from '../reports/digest-copies.ts';
import { renewalCalendar } from '../reports/renewal-calendar.ts';
import { writtenDigest } from '../reports/renewal-digest.ts';
import type { SourceState } from '../sources/finding.ts';
import { addressIn } from './address-in.ts';
import { dateOf, nearOf, reachedOf, type SeenRenewal, standingOf } from './digest-renewals.ts';
import { type DigestShelf, digestShelf } from './digest-shelf.ts';

interface Desk {
  readonly asOf: Day;
  readonly config: Pick<Config, 'company' | 'currency' | 'renewals'>;
  readonly states: readonly Pick<SourceState, 'status' | 'reason'>[];
  /** Day of the health that the forecast went by. */
  readonly healthOn: Day | null;
  readonly definitionsId: string;
}

/** So many people are mailed in a night; a column that is no owner must not become a mail for each account. */
const MOST_PEOPLE = 2_000;

export interface RenewalDigests {
  add(seen: SeenRenewal): void;
  /** One mail for each owner of whose renewals one reached a milestone, in the order of addresses. */
  finish(): Generator<PlannedMessage>;
  /** Reached a milestone, and neither an owner nor a manager is known to be told of it. */
  unaddressed(): number;
  /** People who would have been told, beyond the 2,000 with the most ARR at a milestone. */
  leftOut(): number;
}

/** Collects what each owner of renewals is to be told on the day. */
export const renewalDigests = (desk: Desk): RenewalDigests => {
  const { asOf, config } = desk;
  const shelves = new Map<string, DigestShelf>();
  let unaddressed = 0;

  const shelfFor = (address: string): DigestShelf => {
    const key = address.trim().toLowerCase();
    const shelf = shelves.get(key) ?? digestShelf(address.trim(), asOf);
    shelves.set(key, shelf);
    return shelf;
  };
  const withNews = () => [...shelves].filter(([, { totals }]) => totals.renewals > 0);

  return {
    add(seen) {
      const { row } = seen;
      if (row.state !== 'open' && row.state !== 'late') return;
      const step = seen.steps.find(({ state }) => state === 'reached');
      const address = addressIn(row.owner_email) ?? addressIn(seen.managerEmail);
      if (address === null) {
        if (step !== undefined) unaddressed += 1;
        return;
      }
      const shelf = shelfFor(address);
      const { name, dueArrCents } = nearOf(seen);
      for (const { says } of seen.findings) {
        shelf.addFinding({ renewalId: row.renewal_id, name, dueArrCents, says });
      }
      const isNear = seen.steps.length > 0 && row.decision_on >= asOf;
      if (isNear) shelf.dates.add(dateOf(seen));
      if (step !== undefined) {
        shelf.addReached(reachedOf(seen, step, config.renewals), addressIn(seen.managerEmail));
        return;
      }
      const standing = standingOf(seen, asOf);
      if (standing === 'near') shelf.addNear(nearOf(seen));
      if (standing === 'quiet') shelf.addQuiet(nearOf(seen));
    },

    *finish() {
      const people = withNews().sort(byArr).slice(0, MOST_PEOPLE);
      for (const [key, shelf] of people.sort(([a], [b]) => compareUtf8(a, b))) {
        yield message(key, shelf, desk);
      }
    },
    unaddressed: () => unaddressed,
    leftOut: () => Math.max(0, withNews().length - MOST_PEOPLE),
  };
};

type Shelved = readonly [string, DigestShelf];

const byArr = ([a, { totals: one }]: Shelved, [b, { totals: two }]: Shelved): number =>
  two.due - one.due || compareUtf8(a, b);

function message(key: string, shelf: DigestShelf, desk: Desk): PlannedMessage {
  const { asOf, config, definitionsId, healthOn } = desk;
  const told = shelf.told();
  const { recipient } = shelf;
  const digest: Digest = {
    ...told,
    ...{ recipient, asOf, definitionsId, healthOn },
    ...{ company: config.company, currency: config.currency.reporting },
    warnings: warningsOf(desk),
  };
  return {
    kind: 'renewal_digest',
    key: `renewal_digest ${key} ${asOf}`,
    to: { name: null, address: recipient },
    cc: escalatedTo(digest).map(({ manager }) => ({ name: null, address: manager })),
    ...writtenDigest(digest),
    attachments: [calendarOf(shelf, asOf)],
  };
}

/** What is old or broken is said before anything that rests on it. */
function warningsOf({ states, healthOn, asOf }: Desk): string[] {
  const reasons = states
    .filter(({ status }) => status === 'stale' || status === 'broken')
    .map(({ reason }) => reason);
  const health = healthOn === null || healthOn === asOf ? [] : [`health is of ${healthOn}`];
  return [...reasons, ...health];
}

/** The same entries, word for word, as in the calendars that are published. */
function calendarOf(shelf: DigestShelf, asOf: Day): Attachment {
  const dates = { entries: shelf.dates.kept(), more: shelf.dates.more() };
  const text = renewalCalendar({ title: 'Renewals to decide', asOf, ...dates });
  return {
    filename: 'renewals.ics',
    contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
    content: new TextEncoder().encode(text),
  };
}
