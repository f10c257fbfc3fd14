import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toDay } from '../../shared/basics/day.ts';
import type { BusEvent, EventBus } from '../../shared/ports/event-bus.ts';

export interface BusUnderTest {
  readonly bus: EventBus;
  /** What has arrived, in order, with what came twice. */
  arrived(): Promise<BusEvent[]>;
  close?(): Promise<void>;
}

/** An event that stands for any; `id` tells it from others. */
export const anyEvent = (id: string, data: BusEvent['data'] = {}): BusEvent => ({
  type: 'HealthBandChanged',
  metadata: {
    ...{ id, schemaVersion: 1, runKey: 'key', asOf: toDay('2026-11-22') },
    occurredAt: '2026-11-22T00:00:00.000Z',
  },
  data,
});

export const manyEvents = (count: number): BusEvent[] =>
  Array.from({ length: count }, (_, index) => anyEvent(`id-${index}`, { index }));

/** What every bus must do; jobs deliver to this and to nothing else. */
export const eventBusContract = (name: string, setup: () => Promise<BusUnderTest>): void => {
  const within = (run: (held: BusUnderTest) => Promise<void>) => async () => {
    const held = await setup();
    try {
      await run(held);
    } finally {
      await held.close?.();
    }
  };

  describe(`event bus: ${name}`, () => {
    test(
      'nothing to publish is nothing published',
      within(async ({ bus, arrived }) => {
        await bus.publish([]);
        expect(await arrived()).toEqual([]);
      }),
    );

    test.each([1, 10, 11, 37])('%d events arrive whole and in order', (count) =>
      within(async ({ bus, arrived }) => {
        const events = manyEvents(count);
        await bus.publish(events);
        expect(await arrived()).toEqual(events);
      })(),
    );

    test(
      'call follows upon call',
      within(async ({ bus, arrived }) => {
        const events = manyEvents(6);
        for (const event of events) await bus.publish([event]);
        expect(await arrived()).toEqual(events);
      }),
    );

    test(
      'an event that is published again has the same id and pushes out no other',
      within(async ({ bus, arrived }) => {
        const events = manyEvents(3);
        await bus.publish(events.slice(0, 2));
        await bus.publish(events);
        const ids = new Set((await arrived()).map(({ metadata }) => metadata.id));
        expect([...ids].sort()).toEqual(['id-0', 'id-1', 'id-2']);
      }),
    );

    test('whatever text an event holds arrives as it was', async () => {
      const values = fc.dictionary(
        fc.string(),
        fc.oneof(fc.string({ unit: 'binary' }), fc.integer()),
      );
      await within(async ({ bus, arrived }) => {
        const events: BusEvent[] = [];
        await fc.assert(
          fc.asyncProperty(values, async (data) => {
            // JSON has no prototypes and no lone surrogates; what it can hold must come back.
            const event = anyEvent(`any-${events.length}`, JSON.parse(JSON.stringify(data)));
            events.push(event);
            await bus.publish([event]);
          }),
          { numRuns: 40 },
        );
        expect(await arrived()).toEqual(events);
      })();
    });
  });
};
