import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messageIdOf } from '../../../shared/outbox/message-file.ts';
import { fakeClock } from '../../kit/fake-clock.ts';
import { interposed } from '../../kit/interposed.ts';
import { type Fate, interrupted, isKill } from '../../kit/interrupted.ts';
import { deliver, mailedRun, owners, randomFrom, standingOf } from '../../kit/mailed-run.ts';
import { type MemoryMailer, memoryMailer } from '../../kit/memory-mailer.ts';
import { memoryObjectStore } from '../../kit/memory-object-store.ts';

const messages = owners(3);
const HALF_AN_HOUR = 30 * 60_000;

/** A run whose mail nobody has touched, and the mail server that will take it. */
async function prepared() {
  const [store, mailer, clock] = [memoryObjectStore(), memoryMailer(), fakeClock()];
  return { store, mailer, clock, manifest: await mailedRun(store, messages) };
}

const timesTaken = ({ taken }: MemoryMailer): number[] =>
  messages.map(
    (message) => taken.filter(({ messageId }) => messageId === messageIdOf(message)).length,
  );

/** Every mail was taken once; or it is told that nobody knows, and it was taken at most once. */
async function expectAtMostOnce({ store, mailer }: Awaited<ReturnType<typeof prepared>>) {
  const times = timesTaken(mailer);
  const states = [];
  for (const [at, message] of messages.entries()) {
    const state = (await standingOf(store, message))?.state;
    states.push(state);
    if (state === 'sent') expect(times[at]).toBe(1);
    else {
      expect(state).toBe('uncertain');
      expect(times[at]).toBeLessThanOrEqual(1);
    }
  }
  return states.filter((state) => state === 'uncertain').length;
}

describe('at most once', () => {
  test.each(['before', 'after'] as const)(
    'killed %s any call of the store or the mail server, no mail is lost or sent twice',
    async (when) => {
      const calm = await prepared();
      const counted: Fate = { calls: 0, killAt: 0, when };
      await deliver(calm.manifest, {
        store: interrupted(calm.store, counted),
        mailer: interrupted(calm.mailer, counted),
      });
      expect(timesTaken(calm.mailer)).toEqual([1, 1, 1]);
      expect(counted.calls).toBeGreaterThan(25);

      let doubts = 0;
      for (let killAt = 1; killAt <= counted.calls; killAt += 1) {
        const world = await prepared();
        const { store, mailer, clock, manifest } = world;
        const fate: Fate = { calls: 0, killAt, when };
        const ports = { store: interrupted(store, fate), mailer: interrupted(mailer, fate), clock };
        const killed = await deliver(manifest, ports).catch((error) => error);
        expect(isKill(killed), `call ${killAt}: ${killed}`).toBe(true);
        // Straight away, and again when it is sure that the killed one does not come back.
        await deliver(manifest, { store, mailer, clock, random: randomFrom(2) });
        await clock.sleep(HALF_AN_HOUR);
        const outcome = await deliver(manifest, { store, mailer, clock, random: randomFrom(3) });
        expect(outcome.waiting, `call ${killAt}`).toBe(0);
        const unknown = await expectAtMostOnce(world);
        expect(unknown).toBeLessThanOrEqual(1);
        expect(outcome.doubtful).toHaveLength(unknown);
        doubts += unknown;
      }
      // Three mails, each in doubt only between its claim and the note of what came of it.
      expect(doubts).toBeGreaterThan(0);
      expect(doubts).toBeLessThanOrEqual(4 * messages.length);
    },
  );

  test('killed wherever and how often, by whatever is left of time', async () => {
    const kill = fc.record({
      killAt: fc.integer({ min: 1, max: 45 }),
      when: fc.constantFrom('before' as const, 'after' as const),
      pauseMs: fc.constantFrom(0, 60_000, HALF_AN_HOUR),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(kill, { maxLength: 5 }), fc.boolean(), async (kills, isDropped) => {
        const world = await prepared();
        const { store, mailer, clock, manifest } = world;
        for (const [at, { killAt, when, pauseMs }] of kills.entries()) {
          const fate: Fate = { calls: 0, killAt, when };
          const ports = { store: interrupted(store, fate), mailer: interrupted(mailer, fate) };
          await deliver(manifest, { ...ports, clock, random: randomFrom(at + 10) }).catch(
            (error) => {
              if (!isKill(error)) throw error;
            },
          );
          await clock.sleep(pauseMs);
        }
        await clock.sleep(HALF_AN_HOUR);
        if (isDropped) {
          // Whoever is killed, a revision that plans none of the mails still tells of every doubt.
          const before = timesTaken(mailer);
          const second = await mailedRun(store, [], { revision: 2 });
          const { doubtful } = await deliver(second, { store, mailer, clock });
          const states = await Promise.all(messages.map((one) => standingOf(store, one)));
          const open = states.filter((one) => one && !['sent', 'planned'].includes(one.state));
          expect(open.every((one) => one?.state === 'uncertain')).toBe(true);
          expect(doubtful).toHaveLength(open.length);
          expect(timesTaken(mailer)).toEqual(before);
          return;
        }
        await deliver(manifest, { store, mailer, clock, random: randomFrom(4) });
        expect(await expectAtMostOnce(world)).toBeLessThanOrEqual(kills.length);
      }),
      { numRuns: 150 },
    );
  });

  test('two runs of a day send each mail once, whichever is faster at which call', async () => {
    let calls = 1;
    for (let nth = 1; nth <= calls; nth += 1) {
      const world = await prepared();
      const { store, mailer, clock, manifest } = world;
      const rival = () => deliver(manifest, { store, mailer, clock, random: randomFrom(2) });
      const wrapped = interposed(store, nth, rival);
      await deliver(manifest, { store: wrapped.port, mailer, clock });
      calls = Math.max(calls, wrapped.calls());
      expect(timesTaken(mailer), `at call ${nth}`).toEqual([1, 1, 1]);
      expect(await expectAtMostOnce(world)).toBe(0);
    }
    expect(calls).toBeGreaterThan(25);
  });

  test('two runs that go the same way at the same moment send each mail once', async () => {
    const world = await prepared();
    const { store, mailer, clock, manifest } = world;
    const both = [2, 3].map((seed) =>
      deliver(manifest, { store, mailer, clock, random: randomFrom(seed) }),
    );
    await Promise.all(both);
    expect(timesTaken(mailer)).toEqual([1, 1, 1]);
    expect(await expectAtMostOnce(world)).toBe(0);
  });

  test('a run that was thought dead, and only slept, has the last word', async () => {
    const { store, mailer, clock, manifest } = await prepared();
    const later = () => deliver(manifest, { store, mailer: null, clock, random: randomFrom(2) });
    let outcome: Awaited<ReturnType<typeof later>> | undefined;
    const slow = {
      send: async (message: Parameters<typeof mailer.send>[0]) => {
        await clock.sleep(HALF_AN_HOUR);
        outcome ??= await later();
        return mailer.send(message);
      },
    };
    await deliver(manifest, { store, mailer: slow, clock });
    expect(outcome).toMatchObject({ uncertain: 1 });
    expect(await standingOf(store, messages[0] as (typeof messages)[0])).toMatchObject({
      ...{ state: 'sent', reference: 'ref-1' },
    });
  });

  test('a run that was thought dead says nothing of the attempt that came after its own', async () => {
    const { store, mailer, clock, manifest } = await prepared();
    const lost = memoryMailer(() => ({ status: 'uncertain', reason: 'the reply was lost' }));
    const again = { on_uncertain: 'resend' } as const;
    const slow = {
      send: async () => {
        await clock.sleep(HALF_AN_HOUR);
        await deliver(manifest, { store, clock, mailer: null });
        const random = randomFrom(3);
        await deliver(manifest, { store, clock, mailer: lost, random, rules: again });
        return { status: 'refused', reason: 'no such address' } as const;
      },
    };
    await deliver(manifest, { store, mailer: slow, clock });
    expect(await standingOf(store, messages[0] as (typeof messages)[0])).toMatchObject({
      ...{ state: 'uncertain', reason: 'the reply was lost' },
    });
    expect(mailer.taken).toEqual([]);
  });
});
