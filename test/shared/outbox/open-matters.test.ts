import { describe, expect, test } from 'vitest';
import { addDays } from '../../../shared/basics/day.ts';
import { listMail } from '../../../shared/outbox/list-mail.ts';
import { messageIdOf } from '../../../shared/outbox/message-file.ts';
import { isOver, openMatters } from '../../../shared/outbox/open-matters.ts';
import { letGo, mailNamed } from '../../../shared/outbox/operator.ts';
import { fakeClock } from '../../kit/fake-clock.ts';
import { type Fate, interrupted, isKill } from '../../kit/interrupted.ts';
import { deliver, mailDay, mailedRun, mailTo, owners, standingOf } from '../../kit/mailed-run.ts';
import { memoryMailer } from '../../kit/memory-mailer.ts';
import { type MemoryObjectStore, memoryObjectStore } from '../../kit/memory-object-store.ts';

const [anna, bert] = [mailTo('anna@acme.example'), mailTo('bert@acme.example')];
const review = { mode: 'review' } as const;
const release = { how: 'release', now: new Date('2026-11-22T06:00:00Z') } as const;
const jobs = ['track-renewals'];

const listed = async (store: MemoryObjectStore) => listMail(store, jobs);
const annaIn = async (store: MemoryObjectStore) =>
  mailNamed(await listed(store), messageIdOf(anna));

/** Mails that a run in review has held. */
async function held(messages = [anna, bert]) {
  const [store, mailer] = [memoryObjectStore(), memoryMailer()];
  const manifest = await mailedRun(store, messages);
  await deliver(manifest, { store, rules: review });
  return { store, mailer, manifest };
}

/** The run of a later day, in mode send. */
const daysLater = async (store: MemoryObjectStore, mailer = memoryMailer(), days = 1) => {
  const asOf = addDays(mailDay, days);
  const next = await mailedRun(store, [], { asOf });
  return deliver(next, { store, mailer, clock: fakeClock(`${asOf}T07:00:00Z`) });
};

describe('a mail that a person has released', () => {
  test('leaves although a later revision of its day does not plan it', async () => {
    const { store, mailer } = await held();
    await letGo(store, await annaIn(store), release);
    const second = await mailedRun(store, [bert], { revision: 2 });
    expect(await annaIn(store)).toMatchObject({
      ...{ recipient: 'anna@acme.example', subject: anna.subject, later: 'no such mail' },
      standing: { state: 'released' },
    });
    await deliver(second, { store, mailer });
    expect(mailer.taken.map(({ to }) => to.address)).toEqual(['anna@acme.example']);
    expect(await openMatters(store, 'track-renewals')).toEqual([]);
  });

  test('leaves however long it took until a run was in mode send', async () => {
    const { store, mailer } = await held();
    await letGo(store, await annaIn(store), release);
    await daysLater(store, mailer, 30);
    expect(mailer.taken.map(({ date }) => date.slice(0, 10))).toEqual([mailDay]);
  });

  test.each(['before', 'after'] as const)(
    'is still held or leaves, if the command was killed %s any of its calls',
    async (when) => {
      const calls = 5;
      const left = [];
      for (let killAt = 1; killAt <= calls; killAt += 1) {
        const { store, mailer } = await held();
        const mail = await annaIn(store);
        const fate: Fate = { calls: 0, killAt, when };
        const killed = await letGo(interrupted(store, fate), mail, release).catch((error) => error);
        if (killed !== undefined) expect(isKill(killed)).toBe(true);
        const before = (await standingOf(store, anna))?.state;
        await daysLater(store, mailer);
        expect(mailer.taken).toHaveLength(before === 'released' ? 1 : 0);
        left.push(before);
      }
      expect(new Set(left)).toEqual(new Set(['held', 'released']));
    },
  );
});

describe('a mail that may have arrived', () => {
  const lost = memoryMailer(() => ({ status: 'uncertain', reason: 'the reply was lost' }));
  const doubtful = [messageIdOf(anna)];

  test('is told of by every run and listed, although nothing plans it, until it is settled', async () => {
    const [store, mailer] = [memoryObjectStore(), memoryMailer()];
    await deliver(await mailedRun(store, [anna]), { store, mailer: lost });
    await mailedRun(store, [bert], { revision: 2 });
    for (const days of [1, 20, 40]) {
      expect(await daysLater(store, mailer, days)).toMatchObject({ doubtful });
      expect(await annaIn(store)).toMatchObject({ standing: { state: 'uncertain' } });
    }
    await letGo(store, await annaIn(store), { ...release, how: 'resend' });
    expect(await daysLater(store, mailer, 41)).toMatchObject({ doubtful: [] });
    expect(mailer.taken.filter(({ to }) => to.address === anna.to.address)).toHaveLength(1);
  });

  test('is not sent again by itself where a later revision has dropped it', async () => {
    const [store, mailer] = [memoryObjectStore(), memoryMailer()];
    await deliver(await mailedRun(store, [anna]), { store, mailer: lost });
    const second = await mailedRun(store, [], { revision: 2 });
    const rules = { on_uncertain: 'resend' } as const;
    expect(await deliver(second, { store, mailer, rules })).toMatchObject({ doubtful });
    expect(mailer.taken).toEqual([]);
  });
});

describe('what is open', () => {
  test('is no more than a run may send, and nothing once all of it has left', async () => {
    const store = memoryObjectStore();
    const manifest = await mailedRun(store, owners(7));
    const sizes: number[] = [];
    const mailer = memoryMailer();
    const watching = {
      send: async (message: Parameters<typeof mailer.send>[0]) => {
        sizes.push((await openMatters(store, 'track-renewals')).length);
        return mailer.send(message);
      },
    };
    const rules = { most_per_run: 4 };
    for (let run = 0; run < 2; run += 1)
      await deliver(manifest, { store, mailer: watching, rules });
    expect(sizes).toEqual([4, 4, 4, 4, 3, 3, 3]);
    expect(await openMatters(store, 'track-renewals')).toEqual([]);
  });

  test.each([
    ['sent', 0, true],
    ['held', 23, false],
    ['held', 25, true],
    ['refused', 25, true],
    ['planned', 25, true],
    ['claimed', 1_000, false],
    ['uncertain', 1_000, false],
    ['released', 1_000, false],
    ['broken', 1_000, false],
  ] as const)('of one that is %s, after %i hours: over is %s', (state, hours, over) => {
    const at = '2026-11-22T05:00:00.000Z';
    const now = new Date(Date.parse(at) + hours * 3_600_000);
    const matter = { messageId: 'm', kind: 'renewal_digest', asOf: mailDay, at };
    expect(isOver(matter, state, now)).toBe(over);
  });
});

describe('a list of mail with a later revision', () => {
  test('shows the words that a release would send, and says that there are others', async () => {
    const { store, mailer } = await held([anna]);
    const corrected = { ...anna, subject: 'Three renewals', cc: bert.cc.concat(bert.to) };
    const second = await mailedRun(store, [corrected], { revision: 2 });
    await deliver(second, { store, mailer });
    const mail = await annaIn(store);
    expect(mail).toMatchObject({ subject: anna.subject, copies: null, later: 'other words' });
    await letGo(store, mail, release);
    await deliver(second, { store, mailer });
    expect(mailer.taken.map(({ subject }) => subject)).toEqual([mail.subject]);
  });

  test('says nothing where it has the same words', async () => {
    const { store } = await held([anna]);
    await mailedRun(store, [anna], { revision: 2 });
    expect(await annaIn(store)).toMatchObject({ subject: anna.subject, later: null });
  });
});

describe('a damaged file', () => {
  const messages = owners(3);
  const hurt = messages[1] as (typeof messages)[0];
  const broken = [messageIdOf(hurt)];

  test.each<[string, (store: MemoryObjectStore, file: string) => unknown, RegExp]>([
    [
      'state',
      (store) =>
        store.create(`outbox/${broken[0]}/state.json`, new TextEncoder().encode('{"state":"pl')),
      /state\.json.*only if the mail has not left/,
    ],
    ['message that is gone', (store, file) => store.objects.delete(file), /found nothing/],
  ])('of one mail, a %s, keeps none of the others', async (_, damage, says) => {
    const [store, mailer] = [memoryObjectStore(), memoryMailer()];
    const manifest = await mailedRun(store, messages);
    const published = `outbox/${broken[0]}/message.json`;
    const file = manifest.files.find(({ published_as }) => published_as === published);
    await damage(store, file?.path ?? '');
    for (let run = 0; run < 2; run += 1) {
      expect(await deliver(manifest, { store, mailer })).toMatchObject({ sent: 2, broken });
    }
    expect(await daysLater(store, mailer)).toMatchObject({ broken });
    expect(mailer.taken).toHaveLength(2);
    const told = (await listed(store)).map((mail) => mail.damage);
    expect(told).toEqual([null, expect.stringMatching(says), null]);
  });

  test('is no reason to go on where the store itself fails', async () => {
    const store = memoryObjectStore();
    const manifest = await mailedRun(store, messages);
    const fate: Fate = { calls: 0, killAt: 6, when: 'before' };
    const dead = deliver(manifest, { store: interrupted(store, fate), mailer: memoryMailer() });
    await expect(dead).rejects.toSatisfy(isKill);
  });
});
