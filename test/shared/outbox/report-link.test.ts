import { describe, expect, test } from 'vitest';
import { type Day, toDay } from '../../../shared/basics/day.ts';
import { HoldfastError } from '../../../shared/basics/problem.ts';
import { messageIdOf } from '../../../shared/outbox/message-file.ts';
import { letGo } from '../../../shared/outbox/operator.ts';
import type { PlannedMessage } from '../../../shared/outbox/planned-message.ts';
import { plannedReportLink } from '../../../shared/outbox/report-link.ts';
import type { ReportLinks } from '../../../shared/ports/report-links.ts';
import { mailHtml } from '../../../shared/reports/mail-layout.ts';
import { mailText } from '../../../shared/reports/mail-text.ts';
import { deliver, mailDay, mailedRun, mailTo, standingOf } from '../../kit/mailed-run.ts';
import { type MemoryMailer, memoryMailer } from '../../kit/memory-mailer.ts';
import { memoryObjectStore } from '../../kit/memory-object-store.ts';

/** A mail with a button, for a company that is called so. */
const weekly = (
  link: string,
  { company = 'Harbourline', ...change }: Partial<PlannedMessage> & { company?: string } = {},
): PlannedMessage => {
  const content = {
    ...{ subject: 'NRR 104 %', company, about: 'weekly', day: '22 November 2026' },
    ...{ preheader: company, conclusion: 'A good week.', lede: company, warnings: [], notes: [] },
    sections: [
      {
        ...{ title: 'The whole report', about: null },
        blocks: [{ kind: 'button', label: 'Open the full report', link } as const],
      },
    ],
    footer: [company],
  };
  const [html, text] = [mailHtml(content), mailText(content)];
  return mailTo('anna@acme.example', {
    ...{ kind: 'weekly_summary', key: `weekly_summary anna ${mailDay}`, html, text },
    ...change,
  });
};

const planned = plannedReportLink(mailDay);

/** Links with all that could upset a replacement in them, and what was asked for. */
const memoryLinks = (failure?: Error): ReportLinks & { readonly asked: [string, Date][] } => {
  const asked: [string, Date][] = [];
  return {
    ...{ days: 14, asked },
    async signed(path, until) {
      asked.push([path, until]);
      if (failure !== undefined) throw failure;
      return `https://site.example/${path}?Expires=1&Signature=a$&b$1~_-&Key-Pair-Id=K`;
    },
  };
};

const SIGNED =
  'https://site.example/weekly/2026-11-22/index.html?Expires=1&Signature=a$&b$1~_-&Key-Pair-Id=K';

const trouble = new HoldfastError('config', [
  { where: 'secret x', found: 'nothing', expected: 'a private key', fix: 'Put it there.' },
]);

const wordsOf = ({ taken }: MemoryMailer) => taken.map(({ html, text }) => ({ html, text }));

describe('the button of a planned mail', () => {
  test('leads nowhere yet, and to no place that could ever be', () => {
    expect(new URL(planned).hostname).toMatch(/\.invalid$/);
    expect(weekly(planned).html.split(planned)).toHaveLength(2);
    expect(weekly(planned).text.split(planned)).toHaveLength(2);
  });

  test('leads to the report of its day once the mail leaves, in HTML and in text', async () => {
    const [store, mailer, reportLinks] = [memoryObjectStore(), memoryMailer(), memoryLinks()];
    const message = weekly(planned);
    const manifest = await mailedRun(store, [message]);
    expect(await deliver(manifest, { store, mailer, reportLinks })).toMatchObject({ sent: 1 });
    expect(wordsOf(mailer)).toEqual([
      {
        html: message.html.replace(planned, () => SIGNED.replaceAll('&', '&amp;')),
        text: message.text.replace(planned, () => SIGNED),
      },
    ]);
    expect(JSON.stringify(mailer.taken)).not.toContain('report.invalid');
    // The fake clock shows five o'clock of the day.
    const until = new Date('2026-12-06T05:00:00Z');
    expect(reportLinks.asked).toEqual([['weekly/2026-11-22/index.html', until]]);
  });

  test('is signed in no mail that may not leave', async () => {
    const [store, mailer, reportLinks] = [memoryObjectStore(), memoryMailer(), memoryLinks()];
    const eve = weekly(planned, { to: { name: null, address: 'eve@evil.example' } });
    const manifest = await mailedRun(store, [eve]);
    expect(await deliver(manifest, { store, mailer, reportLinks })).toMatchObject({ refused: 1 });
    const review = { mode: 'review' } as const;
    const second = memoryObjectStore();
    const draft = memoryMailer();
    const held = await mailedRun(second, [weekly(planned)]);
    await deliver(held, { store: second, mailer, draft, reportLinks, rules: review });
    expect(reportLinks.asked).toEqual([]);
    expect(wordsOf(draft)[0]?.html).toContain(planned);
  });
});

describe('a mail without a link that works', () => {
  test.each([
    ['nobody signs here', undefined, /^no link to the report: only the function/],
    ['it cannot be signed', memoryLinks(trouble), /^no link to the report: secret x: found/],
  ])('is held where %s, with a draft, and the others go', async (_, reportLinks, reason) => {
    const [store, mailer, draft] = [memoryObjectStore(), memoryMailer(), memoryMailer()];
    const message = weekly(planned);
    const manifest = await mailedRun(store, [message, mailTo('bert@acme.example')]);
    const ports = { store, mailer, draft, ...(reportLinks && { reportLinks }) };
    expect(await deliver(manifest, ports)).toMatchObject({ held: 1, sent: 1 });
    expect(mailer.taken.map(({ to }) => to.address)).toEqual(['bert@acme.example']);
    expect(draft.taken).toHaveLength(1);
    const standing = await standingOf(store, message);
    expect(standing).toMatchObject({ state: 'held', reason: expect.stringMatching(reason) });
  });

  test('leaves once it is released and a link can be signed, and not before', async () => {
    const [store, mailer, reportLinks] = [memoryObjectStore(), memoryMailer(), memoryLinks()];
    const message = weekly(planned);
    const manifest = await mailedRun(store, [message]);
    await deliver(manifest, { store, mailer });
    const mail = { messageId: messageIdOf(message), kind: message.kind, asOf: mailDay };
    const now = new Date('2026-11-22T06:00:00Z');
    await letGo(store, { ...mail, job: manifest.job }, { how: 'release', now });
    expect(await deliver(manifest, { store, mailer })).toMatchObject({ waiting: 1 });
    const failing = { reportLinks: memoryLinks(trouble) };
    expect(await deliver(manifest, { store, mailer, ...failing })).toMatchObject({ waiting: 1 });
    expect(mailer.taken).toEqual([]);
    expect(await deliver(manifest, { store, mailer, reportLinks })).toMatchObject({ sent: 1 });
    expect(wordsOf(mailer)[0]?.text).toContain(SIGNED);
  });

  test('that may have arrived stays in doubt, wanted again or not', async () => {
    const [store, reportLinks] = [memoryObjectStore(), memoryLinks()];
    const lost = memoryMailer(() => ({ status: 'uncertain', reason: 'the reply was lost' }));
    const manifest = await mailedRun(store, [weekly(planned)]);
    await deliver(manifest, { store, mailer: lost, reportLinks });
    const rules = { on_uncertain: 'resend' } as const;
    const mailer = memoryMailer();
    expect(await deliver(manifest, { store, mailer, rules })).toMatchObject({ uncertain: 1 });
    expect(await deliver(manifest, { store, mailer, rules, reportLinks })).toMatchObject({
      sent: 1,
    });
  });

  test('stays as it was where the signer breaks in a way nobody foresaw', async () => {
    const [store, mailer] = [memoryObjectStore(), memoryMailer()];
    const message = weekly(planned);
    const manifest = await mailedRun(store, [message]);
    const reportLinks = memoryLinks(new TypeError('odd'));
    await expect(deliver(manifest, { store, mailer, reportLinks })).rejects.toThrow('odd');
    expect(await standingOf(store, message)).toBeNull();
  });
});

describe('a stranger who writes the placeholder into a name', () => {
  const asOther = (kind: PlannedMessage['kind'], day: Day) =>
    weekly(plannedReportLink(day), { kind, key: `${kind} ${day}` });

  test.each([
    ['of another mail', asOther('csm_weekly', mailDay)],
    ['of a digest', asOther('renewal_digest', mailDay)],
    ['of another day', asOther('weekly_summary', toDay('2026-11-15'))],
    ['without a button', weekly('https://acme.example/', { company: planned })],
    [
      'that looks like a button',
      weekly('https://acme.example/', { company: `<a href="${planned}">x</a> href="${planned}"` }),
    ],
  ])('%s is given no link, and holds no mail up', async (_, message) => {
    const [store, mailer, reportLinks] = [memoryObjectStore(), memoryMailer(), memoryLinks()];
    const manifest = await mailedRun(store, [message]);
    expect(await deliver(manifest, { store, mailer, reportLinks })).toMatchObject({ sent: 1 });
    expect(reportLinks.asked).toEqual([]);
    expect(wordsOf(mailer)).toEqual([{ html: message.html, text: message.text }]);
  });

  test('of a mail with a button changes that button alone', async () => {
    const [store, mailer, reportLinks] = [memoryObjectStore(), memoryMailer(), memoryLinks()];
    const message = weekly(planned, { company: `${planned} href="${planned}"` });
    await deliver(await mailedRun(store, [message]), { store, mailer, reportLinks });
    const [{ html } = { html: '' }] = mailer.taken;
    expect(html.split('site.example')).toHaveLength(2);
    expect(html).toContain(`<a href="${SIGNED.replaceAll('&', '&amp;')}"`);
  });
});
