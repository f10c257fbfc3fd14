import { describe, expect, test } from 'vitest';
import { addDays } from '../../../shared/basics/day.ts';
import { settleFeedback } from '../../../shared/outbox/feedback.ts';
import { listMail } from '../../../shared/outbox/list-mail.ts';
import { messageIdOf } from '../../../shared/outbox/message-file.ts';
import { letGo, mailNamed } from '../../../shared/outbox/operator.ts';
import type { PlannedMessage } from '../../../shared/outbox/planned-message.ts';
import { readSuppressed } from '../../../shared/outbox/suppression.ts';
import { fakeClock } from '../../kit/fake-clock.ts';
import { interposed } from '../../kit/interposed.ts';
import { deliver, mailDay, mailedRun, mailTo, owners, standingOf } from '../../kit/mailed-run.ts';
import { memoryMailer } from '../../kit/memory-mailer.ts';
import { type MemoryObjectStore, memoryObjectStore } from '../../kit/memory-object-store.ts';

const anna = mailTo('anna@acme.example');
const now = new Date('2026-11-22T06:00:00Z');
const review = { mode: 'review' } as const;
const lost = { status: 'uncertain', reason: 'the reply was lost' } as const;

const listed = async (store: MemoryObjectStore, message: PlannedMessage) =>
  mailNamed(await listMail(store, ['track-renewals']), messageIdOf(message));

const letIt = async (
  store: MemoryObjectStore,
  message: PlannedMessage,
  how: 'release' | 'resend',
) => letGo(store, await listed(store, message), { how, now });

describe('a list of mail', () => {
  test('has two weeks of it, the latest first, as each stands', async () => {
    const store = memoryObjectStore();
    for (const daysAgo of [15, 14, 3, 0]) {
      const asOf = addDays(mailDay, -daysAgo);
      await mailedRun(store, [mailTo('anna@acme.example', { asOf })], { asOf });
    }
    await deliver(await mailedRun(store, [anna]), { store, mailer: memoryMailer() });
    const mails = await listMail(store, ['track-renewals', 'weekly-summary']);
    expect(mails.map(({ asOf, standing }) => [asOf, standing?.state ?? null])).toEqual([
      ['2026-11-22', 'sent'],
      ['2026-11-19', 'sent'],
      ['2026-11-08', 'held'],
    ]);
    expect(mails[0]).toMatchObject({ recipient: 'anna@acme.example', kind: 'renewal_digest' });
  });

  test('knows a mail by the beginning of its id, where no other begins alike', async () => {
    const store = memoryObjectStore();
    await mailedRun(store, owners(3));
    const mails = await listMail(store, ['track-renewals']);
    const id = mails[1]?.messageId ?? '';
    expect(mailNamed(mails, id.slice(0, 6))).toBe(mails[1]);
    for (const wrong of [id.slice(0, 5), '', 'ffffffffff']) {
      expect(() => mailNamed(mails, wrong)).toThrow(/no mail of the last two weeks/);
    }
  });
});

describe('a person', () => {
  test('releases what is held: the next run sends the words that were read, and nothing else', async () => {
    const [store, mailer] = [memoryObjectStore(), memoryMailer()];
    const bert = mailTo('bert@acme.example');
    await deliver(await mailedRun(store, [anna, bert]), { store, rules: review });
    await letIt(store, anna, 'release');
    const corrected = { ...anna, subject: 'Three renewals' };
    await mailedRun(store, [corrected, bert], { revision: 2 });
    const next = await mailedRun(store, [], { asOf: addDays(mailDay, 1) });
    const clock = fakeClock('2026-11-23T05:00:00Z');
    await deliver(next, { store, mailer, clock, rules: review });
    expect(mailer.taken).toEqual([]);
    await deliver(next, { store, mailer, clock });
    expect(mailer.taken.map(({ subject }) => subject)).toEqual([anna.subject]);
    expect(await standingOf(store, bert)).toMatchObject({ state: 'held' });
  });

  test('is heard also while a run is at work, at whichever call', async () => {
    let isHeard = true;
    let nth = 0;
    for (; isHeard; nth += 1) {
      const [store, mailer] = [memoryObjectStore(), memoryMailer()];
      const manifest = await mailedRun(store, [anna]);
      await deliver(manifest, { store, rules: review });
      isHeard = false;
      const wrapped = interposed(store, nth + 1, async () => {
        isHeard = true;
        await letIt(store, anna, 'release');
      });
      await deliver(manifest, { store: wrapped.port, mailer });
      const next = await mailedRun(store, [], { asOf: addDays(mailDay, 1) });
      await deliver(next, { store, mailer, clock: fakeClock('2026-11-23T05:00:00Z') });
      expect(mailer.taken, `at call ${nth + 1}`).toHaveLength(isHeard ? 1 : 0);
    }
    // It was too late only after the last call that a run over settled mail makes.
    expect(nth).toBeGreaterThan(15);
  });

  test('sends again what may have arrived, and nothing without being asked', async () => {
    const store = memoryObjectStore();
    const mailer = memoryMailer((_, nth) => (nth === 1 ? lost : undefined));
    const manifest = await mailedRun(store, [anna]);
    await deliver(manifest, { store, mailer });
    await deliver(manifest, { store, mailer });
    expect(mailer.taken).toEqual([]);
    await expect(letIt(store, anna, 'release')).rejects.toThrow(/found uncertain.*outbox resend/);
    await letIt(store, anna, 'resend');
    await deliver(manifest, { store, mailer });
    expect(mailer.taken).toHaveLength(1);
    for (const how of ['release', 'resend'] as const) {
      await expect(letIt(store, anna, how)).rejects.toThrow(/found sent: it was taken/);
    }
  });

  test('lets a mail go again once what was wrong with it is mended', async () => {
    const [store, mailer] = [memoryObjectStore(), memoryMailer()];
    const manifest = await mailedRun(store, [anna]);
    await deliver(manifest, { store, mailer, rules: { allowed_domains: ['other.example'] } });
    expect(await standingOf(store, anna)).toMatchObject({ state: 'refused' });
    await letIt(store, anna, 'release');
    // The run had nothing left to be done; the next one looks at it all the same.
    const next = await mailedRun(store, [], { asOf: addDays(mailDay, 1) });
    await deliver(next, { store, mailer, clock: fakeClock('2026-11-23T05:00:00Z') });
    expect(await standingOf(store, anna)).toMatchObject({ state: 'sent' });
  });

  test('lets nothing go that no run has looked at', async () => {
    const store = memoryObjectStore();
    await mailedRun(store, [anna]);
    await expect(letIt(store, anna, 'release')).rejects.toThrow(/found planned: it waits/);
  });
});

describe('what the mail server tells later', () => {
  const usual = {
    ...({ messageId: messageIdOf(anna), kind: 'delivered', isPermanent: false } as const),
    ...{ recipients: ['anna@acme.example'], at: '2026-11-22T05:10:00+01:00' },
  };

  test('settles a doubt, so that later runs are silent', async () => {
    const store = memoryObjectStore();
    const manifest = await mailedRun(store, [anna]);
    await deliver(manifest, { store, mailer: memoryMailer(() => lost) });
    await settleFeedback(store, usual);
    expect(await deliver(manifest, { store, mailer: memoryMailer() })).toMatchObject({
      ...{ sent: 1, uncertain: 0, doubtful: [] },
    });
  });

  test('of a bounce for good is the last mail to that address', async () => {
    const [store, mailer] = [memoryObjectStore(), memoryMailer()];
    await deliver(await mailedRun(store, [anna]), { store, mailer });
    const bounce = { ...usual, kind: 'bounced', isPermanent: true } as const;
    for (let told = 0; told < 2; told += 1) await settleFeedback(store, bounce);
    expect(await standingOf(store, anna)).toMatchObject({
      ...{ state: 'refused', reason: 'it bounced for good', at: '2026-11-22T04:10:00.000Z' },
    });
    expect(await readSuppressed(store, 'Anna@acme.example')).toMatchObject({
      reason: 'mail to it bounced for good',
    });
    const asOf = addDays(mailDay, 1);
    const next = await mailedRun(store, [mailTo('anna@acme.example', { asOf })], { asOf });
    const clock = fakeClock('2026-11-23T05:00:00Z');
    expect(await deliver(next, { store, mailer, clock })).toMatchObject({ refused: 1 });
    expect(mailer.taken).toHaveLength(1);
  });

  test.each(['bounced', 'rejected'] as const)(
    'of a mail %s for a passing reason leaves the address alone',
    async (kind) => {
      const store = memoryObjectStore();
      await deliver(await mailedRun(store, [anna]), { store, mailer: memoryMailer() });
      await settleFeedback(store, { ...usual, kind });
      expect(await readSuppressed(store, 'anna@acme.example')).toBeNull();
    },
  );

  test('of a mail that nobody knows changes nothing', async () => {
    const store = memoryObjectStore();
    await settleFeedback(store, usual);
    expect(store.objects.size).toBe(0);
  });
});
