import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonlEventBus } from '../../../functions/adapters/local/jsonl-event-bus.ts';
import { deliverEvents } from '../../../shared/events/deliver.ts';
import { deliveryNotePath } from '../../../shared/events/delivery-note.ts';
import type { BusEvent, EventBus } from '../../../shared/ports/event-bus.ts';
import { temporaryFolder } from '../../kit/company-folder.ts';
import { interposed } from '../../kit/interposed.ts';
import { type Fate, interrupted, isKill } from '../../kit/interrupted.ts';
import { memoryEventBus } from '../../kit/memory-event-bus.ts';
import { memoryObjectStore } from '../../kit/memory-object-store.ts';
import { committedRun } from '../../kit/planned-events.ts';

const timeZone = 'Asia/Tokyo';
const subjectsOf = (events: readonly BusEvent[]) => events.map(({ data }) => data.accountId);
const names = (count: number) => Array.from({ length: count }, (_, index) => `A-${index}`);

/** A bus that says no to the nth call. */
const refusingAt = (bus: EventBus, nth: number): EventBus => {
  let calls = 0;
  return {
    publish: async (events) => {
      calls += 1;
      if (calls === nth) throw new Error('refused');
      await bus.publish(events);
    },
  };
};

describe('delivery', () => {
  test.each([0, 1, 9, 10, 11, 35])('of %d events is whole, in order, and noted', async (count) => {
    const [store, bus] = [memoryObjectStore(), memoryEventBus()];
    const manifest = await committedRun(store, count);
    const outcome = await deliverEvents(manifest, { store, bus, timeZone });
    expect(outcome).toEqual({ planned: count, delivered: count });
    expect(subjectsOf(bus.events)).toEqual(names(count));
    const again = await deliverEvents(manifest, { store, bus, timeZone });
    expect(again).toEqual(outcome);
    expect(bus.events).toHaveLength(count);
  });

  test('is no more than one call of EventBridge at a time', async () => {
    const store = memoryObjectStore();
    const sizes: number[] = [];
    const bus: EventBus = { publish: async ({ length }) => void sizes.push(length) };
    await deliverEvents(await committedRun(store, 25), { store, bus, timeZone });
    expect(sizes).toEqual([10, 10, 5]);
  });

  test('without a bus tells nobody, and says how many wait', async () => {
    const store = memoryObjectStore();
    const manifest = await committedRun(store, 12);
    const before = [...store.objects.keys()];
    expect(await deliverEvents(manifest, { store, bus: null, timeZone })).toEqual({
      planned: 12,
      delivered: 0,
    });
    expect([...store.objects.keys()]).toEqual(before);
    const bus = memoryEventBus();
    await deliverEvents(manifest, { store, bus, timeZone });
    expect(subjectsOf(bus.events)).toEqual(names(12));
  });

  test('of a run without a table of events is none', async () => {
    const [store, bus] = [memoryObjectStore(), memoryEventBus()];
    const manifest = { ...(await committedRun(store, 3)), files: [] };
    const outcome = await deliverEvents(manifest, { store, bus, timeZone });
    expect(outcome).toEqual({ planned: 0, delivered: 0 });
  });

  test.each([
    ['are held', { alerts_held_because: 'half of them changed' }, 'half of them changed'],
    ['are not held', { alerts_held_because: null }, null],
    ['are never held', {}, null],
  ])('tells consumers whether alerts %s', async (_, summary, heldBecause) => {
    const [store, bus] = [memoryObjectStore(), memoryEventBus()];
    const manifest = await committedRun(store, 4, summary);
    await deliverEvents(manifest, { store, bus, timeZone });
    const alerts = bus.events.filter(({ type }) => type === 'SponsorLeft');
    const others = bus.events.filter(({ type }) => type === 'ChurnRiskCleared');
    expect([alerts.length, others.length]).toEqual([2, 2]);
    for (const { data } of alerts) expect(data).toMatchObject({ heldBecause });
    for (const { data } of others) expect(data).not.toHaveProperty('heldBecause');
  });

  test('says whose run it was and where the day begins, and nothing of now', async () => {
    const [store, bus] = [memoryObjectStore(), memoryEventBus()];
    const manifest = await committedRun(store, 1);
    await deliverEvents(manifest, { store, bus, timeZone });
    expect(bus.events[0]?.metadata).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      schemaVersion: 1,
      runKey: manifest.run_key,
      asOf: '2026-11-22',
      occurredAt: '2026-11-21T15:00:00.000Z',
    });
  });
});

describe('a delivery that is cut off', () => {
  test('by a refusal goes on where it stood', async () => {
    const [store, bus] = [memoryObjectStore(), memoryEventBus()];
    const manifest = await committedRun(store, 35);
    const refusing = refusingAt(bus, 3);
    await expect(deliverEvents(manifest, { store, bus: refusing, timeZone })).rejects.toThrow();
    expect(bus.events).toHaveLength(20);
    expect(await deliverEvents(manifest, { store, bus, timeZone })).toEqual({
      planned: 35,
      delivered: 35,
    });
    expect(subjectsOf(bus.events)).toEqual(names(35));
  });

  test('by kills, wherever and how often, loses none and repeats one call at most', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 45 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 25 }), fc.constantFrom('before', 'after')), {
          maxLength: 4,
        }),
        async (count, kills) => {
          const [store, bus] = [memoryObjectStore(), memoryEventBus()];
          const path = join(temporaryFolder(), 'events.jsonl');
          const file = jsonlEventBus(path);
          const both: EventBus = {
            publish: async (events) => {
              await bus.publish(events);
              await file.publish(events);
            },
          };
          const manifest = await committedRun(store, count);
          for (const [killAt, when] of kills) {
            const fate: Fate = { calls: 0, killAt, when: when as Fate['when'] };
            const ports = { store: interrupted(store, fate), bus: interrupted(both, fate) };
            await deliverEvents(manifest, { ...ports, timeZone }).catch((error) => {
              if (!isKill(error)) throw error;
            });
          }
          await deliverEvents(manifest, { store, bus: both, timeZone });
          expect(new Set(subjectsOf(bus.events))).toEqual(new Set(names(count)));
          expect(bus.events.length).toBeLessThanOrEqual(count + 10 * kills.length);
          const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
          expect(subjectsOf(lines.map((line) => JSON.parse(line)))).toEqual(names(count));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('by another attempt at any call ends with every event told and noted', async () => {
    // One look, the file and its ranges, and a look and a note for each call of the bus.
    const atLeast = 12;
    let calls = 0;
    for (let nth = 1; nth <= atLeast; nth += 1) {
      const [store, bus] = [memoryObjectStore(), memoryEventBus()];
      const manifest = await committedRun(store, 35);
      const other = () => deliverEvents(manifest, { store, bus, timeZone });
      const wrapped = interposed(store, nth, other);
      const outcome = await deliverEvents(manifest, { store: wrapped.port, bus, timeZone });
      calls = Math.max(calls, wrapped.calls());
      expect(outcome, `at call ${nth}`).toEqual({ planned: 35, delivered: 35 });
      expect(new Set(subjectsOf(bus.events))).toEqual(new Set(names(35)));
      const note = await store.read(deliveryNotePath(manifest));
      expect(JSON.parse(new TextDecoder().decode(note?.bytes))).toEqual({ delivered: 35, of: 35 });
    }
    expect(calls).toBeLessThanOrEqual(atLeast);
  });
});
