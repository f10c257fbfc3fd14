import { plainText } from '../basics/text.ts';
import type { Words } from './mail-content.ts';
import { personName } from './words/people.ts';

/** A renewal that a manager has to know of. */
export interface Escalation {
  readonly name: string;
  /** In words that follow the name. */
  readonly because: string;
  /** Null where the account names no manager. */
  readonly managerEmail: string | null;
}

interface Escalated {
  readonly recipient: string;
  /** The largest first. */
  readonly escalations: readonly Escalation[];
}

interface Copy {
  readonly manager: string;
  readonly reasons: readonly Escalation[];
}

/** An owner has a manager or two; more of them is a column used amiss. */
const MOST_COPIES = 5;

/** So many renewals are named as the reason; the rest is counted. */
const MOST_REASONS = 3;

/** Who is copied and because of what: each manager once, and never whom it is written to. */
export const escalatedTo = ({ recipient, escalations }: Escalated): Copy[] => {
  const copies = new Map<string, { manager: string; reasons: Escalation[] }>();
  for (const escalation of escalations) {
    const manager = escalation.managerEmail;
    if (manager === null || manager.toLowerCase() === recipient.toLowerCase()) continue;
    const copy = copies.get(manager.toLowerCase()) ?? { manager, reasons: [] };
    copy.reasons.push(escalation);
    copies.set(manager.toLowerCase(), copy);
  }
  return [...copies.values()].slice(0, MOST_COPIES);
};

/** Says so in the mail, so that nobody is copied behind another's back. */
export const copyNotes = (escalated: Escalated): Words[] => {
  const copied = escalatedTo(escalated).map(({ manager, reasons }): Words => {
    const contact = { name: personName(manager), address: manager };
    return [{ strong: 'Copied to ' }, contact, ` because ${reasonsOf(reasons)}.`];
  });
  const nobody = escalated.escalations.filter(({ managerEmail }) => managerEmail === null);
  if (nobody.length === 0) return copied;
  const why = `${reasonsOf(nobody)}, but no manager stands on the account.`;
  return [...copied, [{ strong: 'Nobody is copied: ' }, why]];
};

function reasonsOf(reasons: readonly Escalation[]): string {
  const named = reasons
    .slice(0, MOST_REASONS)
    .map(({ name, because }) => `${plainText(name, 60)} ${plainText(because, 160)}`);
  const more = reasons.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more alike`] : [])].join('; ');
}
