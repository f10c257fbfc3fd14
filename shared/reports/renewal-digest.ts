import { formatMoney } from '../basics/money.ts';
import { assert } from '../basics/problem.ts';
import { plainText, plural } from '../basics/text.ts';
import type { Digest } from './digest.ts';
import { copyNotes } from './digest-copies.ts';
import { digestSections, type Size } from './digest-sections.ts';
import { digestConclusion, digestLede, digestPreheader, digestSubject } from './digest-subject.ts';
import type { MailContent } from './mail-content.ts';
import { MOST_BYTES, mailHtml } from './mail-layout.ts';
import { mailText } from './mail-text.ts';
import { fullDay } from './words/days.ts';
import { sentence } from './words/sentence.ts';
import type { WrittenMail } from './written-mail.ts';

/** How many renewals stand in full, and how many in the table below; fewer where it would be cut off. */
const SIZES = [
  { cards: 8, rows: 20 },
  { cards: 5, rows: 20 },
  { cards: 3, rows: 10 },
  { cards: 1, rows: 5 },
] as const;

/** So many warnings are said; a run with more of them has other troubles. */
const MOST_WARNINGS = 6;

/** Writes the digest with as many details as a mail may hold. */
export const writtenDigest = (digest: Digest): WrittenMail => {
  const [most, ...fewer] = SIZES;
  let mail = written(digest, most);
  for (const size of fewer) {
    if (new TextEncoder().encode(mail.html).length <= MOST_BYTES) break;
    mail = written(digest, size);
  }
  return mail;
};

function written(digest: Digest, size: Size): WrittenMail {
  const content = renewalDigest(digest, size);
  return { subject: content.subject, html: mailHtml(content), text: mailText(content) };
}

/** What the owner of renewals reads on a day on which some of them reached a milestone. */
const renewalDigest = (digest: Digest, size: Size): MailContent => {
  const { reached, totals, asOf, currency, company } = digest;
  const [first] = reached;
  assert(first !== undefined, 'a digest has a renewal that reached a milestone');
  const subject = { totals, first, asOf, currency };
  return {
    subject: digestSubject(subject),
    company: plainText(company, 60),
    about: 'Customer success · your renewals',
    day: fullDay(asOf),
    preheader: digestPreheader(subject),
    conclusion: digestConclusion(subject),
    lede: `${digestLede(subject)}${alsoAtRisk(digest)}`,
    warnings: digest.warnings
      .slice(0, MOST_WARNINGS)
      .map((warning) => sentence(plainText(warning, 200))),
    notes: copyNotes(digest),
    sections: digestSections(digest, size),
    footer: footerOf(digest),
  };
};

/** What is overdue or at risk among the others is not passed over in the summary on top. */
function alsoAtRisk({ near, currency }: Digest): string {
  const { count, due } = near.atRisk;
  if (count === 0) return '';
  const are = count === 1 ? 'is' : 'are';
  return ` Among your others ${plural(count, 'renewal')} with ${formatMoney(due, currency)} ${are} at risk: see below.`;
}

function footerOf({ asOf, healthOn, definitionsId, warnings, currency }: Digest): string[] {
  const health =
    healthOn === null ? 'No health is published yet.' : `Health of ${fullDay(healthOn)}.`;
  const fresh =
    warnings.length === 0
      ? 'All sources it rests on are fresh.'
      : 'Some sources are old: see the top.';
  return [
    `Data as of ${fullDay(asOf)}. ${health} ${fresh} ARR and forecast in ${currency}.`,
    `Definitions ${definitionsId}. A milestone is so many days before the decision; each is told once. Unknown is not missing: it takes nothing off the readiness.`,
    'Attached: renewals.ics with the decision dates; an entry moves when its date does.',
    'You get this because you own accounts with a renewal that reached a milestone: one mail a day at most, and none on other days. Who owns an account stands in accounts.owner_email.',
  ];
}
