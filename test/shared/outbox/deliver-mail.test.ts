import { describe, expect, test } from 'vitest';
import { addDays } from '../../../shared/basics/day.ts';
import { HoldfastError } from '../../../shared/basics/problem.ts';
import { messageIdOf } from '../../../shared/outbox/message-file.ts';
import { suppress } from '../../../shared/outbox/suppression.ts';
import type { Mailer } from '../../../shared/ports/mailer.ts';
import { fakeClock } from '../../kit/fake-clock.ts';
import {
  deliver,
  mailDay,
  mailedRun,
  mailTo,
  owners,
  randomFrom,
  standingOf,
} from '../../kit/mailed-run.ts';
import { memoryMailer } from '../../kit/memory-mailer.ts';
import { memoryObjectStore } from '../../kit/memory-object-store.ts';

const anna = mailTo('anna@acme.example');
const nothing = {
  sent: 0,
  held: 0,
  uncertain: 0,
  refused: 0,
  waiting: 0,
  doubtful: [],
  broken: [],
};

describe('delivery', () => {
  test('hands over what was planned, from whom the config says, once', async () => {
    const [store, mailer] = [memoryObjectStore(), memoryMailer()];
    const message = mailTo('anna@acme.example', {
      to: { name: 'Anna\r\nBcc: eve@evil.example', address: 'anna@acme.example' },
      cc: [{ name: null, address: 'boss@acme.example' }],
      subject: 'Two\r\nBcc: eve@evil.example',
    });
    const manifest = await mailedRun(store, [message]);
    const outcome = await deliver(manifest, { store, mailer });
    expect(outcome).toEqual({ ...nothing, planned: 1, sent: 1 });
    expect(mailer.taken).toEqual([
      {
        messageId: messageIdOf(message),
        from: { name: 'Holdfast', address: 'success@acme.example' },
        replyTo: null,
        to: { name: 'AnnaBcc: eve@evil.example', address: 'anna@acme.example' },
        cc: [{ name: null, address: 'boss@acme.example' }],
        subject: 'TwoBcc: eve@evil.example',
        ...{ html: message.html, text: message.text, attachments: message.attachments },
        tags: { holdfast_message: messageIdOf(message), holdfast_kind: 'renewal_digest' },
        date: '2026-11-22T00:00:00.000Z',
      },
    ]);
    expect(await standingOf(store, message)).toMatchObject({
      ...{ state: 'sent', reference: 'ref-1', run_key: manifest.run_key },
      recipient: 'anna@acme.example',
    });
    expect(await deliver(manifest, { store, mailer })).toEqual(outcome);
    expect(mailer.taken).toHaveLength(1);
  });

  test('of another revision of the day does not mail the same person again', async () => {
    const [store, mailer] = [memoryObjectStore(), memoryMailer()];
    await deliver(await mailedRun(store, [anna]), { store, mailer });
    const corrected = { ...anna, subject: 'Three renewals, $120K' };
    const bert = mailTo('bert@acme.example');
    const second = await mailedRun(store, [corrected, bert], { revision: 2 });
    expect(await deliver(second, { store, mailer })).toMatchObject({ planned: 2, sent: 2 });
    expect(mailer.taken.map(({ to }) => to.address)).toEqual([
      'anna@acme.example',
      'bert@acme.example',
    ]);
  });

  test('sends no more than a run may; the rest goes with the next one', async () => {
    const [store, mailer] = [memoryObjectStore(), memoryMailer()];
    const manifest = await mailedRun(store, owners(5));
    const rules = { most_per_run: 2 };
    const left = [];
    for (let run = 0; run < 3; run += 1) {
      left.push((await deliver(manifest, { store, mailer, rules })).waiting);
    }
    expect(left).toEqual([3, 1, 0]);
    expect(new Set(mailer.taken.map(({ to }) => to.address)).size).toBe(5);
    expect(mailer.taken).toHaveLength(5);
  });

  test('sends the mail of today first, then that of earlier days, the latest first', async () => {
    const [store, mailer] = [memoryObjectStore(), memoryMailer()];
    const weekly = async (asOf: typeof mailDay) =>
      mailedRun(
        store,
        (['weekly_summary', 'csm_weekly', 'csm_weekly'] as const).map((kind, nth) =>
          mailTo(`o${nth}@acme.example`, { asOf, kind }),
        ),
        { asOf },
      );
    const rules = { most_per_run: 2 };
    for (const days of [0, 3, 7]) {
      const asOf = addDays(mailDay, days);
      const clock = fakeClock(`${asOf}T07:00:00Z`);
      await deliver(await weekly(asOf), { store, mailer, clock, rules });
    }
    const seventh = await weekly(addDays(mailDay, 7));
    const clock = fakeClock('2026-11-29T08:00:00Z');
    const late = await deliver(seventh, { store, mailer, clock, rules });
    expect(late).toMatchObject({ sent: 3, waiting: 0 });
    const taken = mailer.taken.map(
      ({ to, date }) => `${to.address.slice(0, 2)} ${date.slice(8, 10)}`,
    );
    expect(taken).toEqual([
      ...['o0 22', 'o1 22', 'o0 25', 'o1 25'],
      // What is left of a week ago is held, and that of three days comes after the newest.
      ...['o0 29', 'o1 29', 'o2 29', 'o2 25'],
    ]);
  });

  test('without a mailer, or when time is up, leaves all of it for later', async () => {
    const [store, mailer] = [memoryObjectStore(), memoryMailer()];
    const manifest = await mailedRun(store, owners(3));
    const before = store.objects.size;
    expect(await deliver(manifest, { store })).toEqual({ ...nothing, planned: 3, waiting: 3 });
    expect(store.objects.size).toBe(before);
    const clock = fakeClock();
    const slow: Mailer = {
      send: async (message) => {
        await clock.sleep(200_000);
        return mailer.send(message);
      },
    };
    const outcome = await deliver(manifest, { store, mailer: slow, clock });
    expect(outcome).toMatchObject({ sent: 2, waiting: 1 });
  });

  test('goes back to what earlier days have left, and to nothing that is settled', async () => {
    const [store, mailer] = [memoryObjectStore(), memoryMailer()];
    const asOf = addDays(mailDay, -3);
    const old = mailTo('anna@acme.example', { asOf });
    const first = await mailedRun(store, [old], { asOf });
    await deliver(first, { store, clock: fakeClock('2026-11-19T05:00:00Z') });
    const today = await mailedRun(store, [anna]);
    expect(await deliver(today, { store, mailer })).toMatchObject({ planned: 1, sent: 1 });
    expect(mailer.taken.map(({ messageId }) => messageId)).toEqual([anna, old].map(messageIdOf));

    const tomorrow = await mailedRun(store, [], { asOf: addDays(mailDay, 1) });
    store.objects.delete(`outbox/${messageIdOf(old)}/state.json`);
    await deliver(tomorrow, { store, mailer, clock: fakeClock('2026-11-23T05:00:00Z') });
    expect(mailer.taken).toHaveLength(2);
  });

  test('of a day long past is held: filling in last spring mails nobody', async () => {
    const [store, mailer] = [memoryObjectStore(), memoryMailer()];
    const asOf = addDays(mailDay, -8);
    const old = mailTo('anna@acme.example', { asOf });
    const manifest = await mailedRun(store, [old], { asOf });
    expect(await deliver(manifest, { store, mailer })).toMatchObject({ held: 1 });
    expect(await standingOf(store, old)).toMatchObject({ reason: 'it is 8 days old' });
    expect(mailer.taken).toEqual([]);
  });
});

describe('review mode', () => {
  const rules = { mode: 'review' } as const;

  test('asks no mailer: what is planned is drafted, and held', async () => {
    const [store, mailer, draft] = [memoryObjectStore(), memoryMailer(), memoryMailer()];
    const manifest = await mailedRun(store, owners(3));
    const outcome = await deliver(manifest, { store, mailer, draft, rules });
    expect(outcome).toEqual({ ...nothing, planned: 3, held: 3 });
    expect([mailer.taken.length, draft.taken.length]).toEqual([0, 3]);
    expect(await deliver(manifest, { store, mailer, draft, rules })).toEqual(outcome);
    expect(draft.taken).toHaveLength(3);
  });

  test('holds what the last revision says, and mode send later sends none of it', async () => {
    const [store, mailer] = [memoryObjectStore(), memoryMailer()];
    await deliver(await mailedRun(store, [anna]), { store, rules });
    const corrected = { ...anna, subject: 'Three renewals' };
    const second = await mailedRun(store, [corrected], { revision: 2 });
    await deliver(second, { store, rules });
    expect(await standingOf(store, anna)).toMatchObject({ run_key: second.run_key, state: 'held' });
    expect(await deliver(second, { store, mailer })).toMatchObject({ held: 1 });
    expect(mailer.taken).toEqual([]);
  });

  test('holds also what cannot be drafted, and says so', async () => {
    const store = memoryObjectStore();
    const draft = memoryMailer(() => ({ status: 'refused', reason: 'too large' }));
    await deliver(await mailedRun(store, [anna]), { store, draft, rules });
    expect(await standingOf(store, anna)).toMatchObject({
      ...{ state: 'held', reason: 'mail.mode is review; no .eml: too large' },
    });
  });
});

describe('the last door', () => {
  test('refuses whom the config does not allow, and the run goes on', async () => {
    const [store, mailer] = [memoryObjectStore(), memoryMailer()];
    const eve = mailTo('eve@evil.example');
    const manifest = await mailedRun(store, [eve, anna]);
    expect(await deliver(manifest, { store, mailer })).toMatchObject({ sent: 1, refused: 1 });
    expect(await standingOf(store, eve)).toMatchObject({
      reason: 'eve@evil.example is of evil.example, which mail.allowed_domains does not name',
    });
    expect(mailer.taken.map(({ to }) => to.address)).toEqual(['anna@acme.example']);
  });

  test('leaves out copies that may not leave, and says which', async () => {
    const [store, mailer] = [memoryObjectStore(), memoryMailer()];
    const cc = ['boss@acme.example', 'gone@acme.example', 'eve@evil.example'];
    const message = { ...anna, cc: cc.map((address) => ({ name: null, address })) };
    const at = '2026-11-20T00:00:00.000Z';
    await suppress(store, { address: 'Gone@acme.example', reason: 'it bounced', at });
    await deliver(await mailedRun(store, [message]), { store, mailer });
    expect(mailer.taken[0]?.cc).toEqual([{ name: null, address: 'boss@acme.example' }]);
    expect((await standingOf(store, message))?.reason).toMatch(
      /^without copies: gone@acme\.example is left alone: it bounced; eve@evil\.example is of/,
    );
  });

  test('refuses who is to be left alone', async () => {
    const [store, mailer] = [memoryObjectStore(), memoryMailer()];
    const at = '2026-11-20T00:00:00.000Z';
    await suppress(store, { address: 'ANNA@acme.example', reason: 'it bounced', at });
    const outcome = await deliver(await mailedRun(store, [anna]), { store, mailer });
    expect(outcome).toMatchObject({ refused: 1 });
    expect(mailer.taken).toEqual([]);
  });

  test('sends all to one address for trying, which has to be allowed itself', async () => {
    const [store, mailer] = [memoryObjectStore(), memoryMailer()];
    const eve = { ...mailTo('eve@evil.example'), cc: anna.cc };
    const rules = { redirect_to: 'me@acme.example' };
    await deliver(await mailedRun(store, [eve]), { store, mailer, rules });
    expect(mailer.taken).toMatchObject([
      {
        to: { address: 'me@acme.example' },
        cc: [],
        subject: `[for eve@evil.example] ${eve.subject}`,
      },
    ]);
    const elsewhere = memoryObjectStore();
    const away = { redirect_to: 'me@elsewhere.example' };
    const outcome = await deliver(await mailedRun(elsewhere, [anna]), {
      ...{ store: elsewhere, mailer, rules: away },
    });
    expect(outcome).toMatchObject({ refused: 1 });
    expect(mailer.taken).toHaveLength(1);
  });
});

describe('a mail server', () => {
  test('that says not so fast is asked again, and no mail is lost when patience ends', async () => {
    const store = memoryObjectStore();
    const throttled = { status: 'throttled', reason: 'slow down', retryAfterMs: 1_000 } as const;
    const busy = memoryMailer((_, nth) => (nth % 2 === 1 ? throttled : undefined));
    const manifest = await mailedRun(store, owners(3));
    const clock = fakeClock();
    expect(await deliver(manifest, { store, mailer: busy, clock })).toMatchObject({ sent: 3 });
    expect(clock.sleeps).toHaveLength(3);

    const other = memoryObjectStore();
    const closed = memoryMailer(() => ({ ...throttled, retryAfterMs: 50_000 }));
    const second = await mailedRun(other, owners(3));
    const waited = fakeClock();
    const outcome = await deliver(second, { store: other, mailer: closed, clock: waited });
    expect(outcome).toMatchObject({ waiting: 3 });
    expect(waited.sleeps.length).toBeLessThanOrEqual(2);
    const open = memoryMailer();
    expect(await deliver(second, { store: other, mailer: open })).toMatchObject({ sent: 3 });
  });

  test('whose answer is lost leaves the mail uncertain, on this day and the next', async () => {
    const store = memoryObjectStore();
    const lost = { status: 'uncertain', reason: 'the reply was lost' } as const;
    const mailer = memoryMailer((_, nth) => (nth === 2 ? lost : undefined));
    const messages = owners(3);
    const doubtful = [messageIdOf(messages[1] as (typeof messages)[0])];
    const outcome = await deliver(await mailedRun(store, messages), { store, mailer });
    expect(outcome).toMatchObject({ sent: 2, uncertain: 1, doubtful });
    const next = await mailedRun(store, [], { asOf: addDays(mailDay, 1) });
    const clock = fakeClock('2026-11-23T05:00:00Z');
    expect(await deliver(next, { store, mailer, clock })).toEqual({
      ...nothing,
      planned: 0,
      doubtful,
    });
    expect(mailer.taken).toHaveLength(2);
  });

  test('whose answer is lost again and again is asked twice more where the config wants it', async () => {
    const store = memoryObjectStore();
    let calls = 0;
    const mailer = memoryMailer((_, nth) => {
      calls = nth;
      return { status: 'uncertain', reason: 'the reply was lost' };
    });
    const manifest = await mailedRun(store, [anna]);
    const rules = { on_uncertain: 'resend' } as const;
    for (let run = 0; run < 6; run += 1) await deliver(manifest, { store, mailer, rules });
    expect(calls).toBe(3);
  });

  test('that would not take a mail that was wanted again has not used up an attempt', async () => {
    const store = memoryObjectStore();
    const slow = { status: 'throttled', reason: 'slow', retryAfterMs: 999_999 } as const;
    const lost = { status: 'uncertain', reason: 'the reply was lost' } as const;
    const mailer = memoryMailer((_, nth) => (nth === 1 ? lost : nth < 6 ? slow : undefined));
    const manifest = await mailedRun(store, [anna]);
    const rules = { on_uncertain: 'resend' } as const;
    for (let run = 0; run < 6; run += 1) await deliver(manifest, { store, mailer, rules });
    expect(mailer.taken).toHaveLength(1);
  });

  test('that is out of reach for every mail stops the run, and the mail waits', async () => {
    const store = memoryObjectStore();
    const problem = { where: 'SES', found: 'no credentials', expected: 'some', fix: 'Give some.' };
    const mailer: Mailer = {
      send: async () => Promise.reject(new HoldfastError('results', [problem])),
    };
    const manifest = await mailedRun(store, [anna]);
    await expect(deliver(manifest, { store, mailer })).rejects.toThrow(/no credentials/);
    expect(await standingOf(store, anna)).toMatchObject({ state: 'planned' });
    const random = randomFrom(2);
    expect(await deliver(manifest, { store, mailer: memoryMailer(), random })).toMatchObject({
      sent: 1,
    });
  });

  test('that breaks in a way nobody foresaw leaves the mail in doubt', async () => {
    const [store, clock] = [memoryObjectStore(), fakeClock()];
    const mailer: Mailer = { send: async () => Promise.reject(new TypeError('odd')) };
    const manifest = await mailedRun(store, [anna]);
    await expect(deliver(manifest, { store, mailer, clock })).rejects.toThrow(/odd/);
    expect(await deliver(manifest, { store, mailer, clock })).toMatchObject({ waiting: 1 });
    await clock.sleep(16 * 60_000);
    expect(await deliver(manifest, { store, mailer, clock })).toMatchObject({ uncertain: 1 });
  });
});
