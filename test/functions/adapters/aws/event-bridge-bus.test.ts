import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventBridgeBus } from '../../../../functions/adapters/aws/event-bridge-bus.ts';
import type { EventBus } from '../../../../shared/ports/event-bus.ts';
import { anyEvent, manyEvents } from '../../../contracts/event-bus.contract.ts';
import { type FakeClock, fakeClock } from '../../../kit/fake-clock.ts';
import {
  type EventBridgeFault,
  type FakeEventBridge,
  fakeEventBridge,
} from '../../../kit/fake-event-bridge.ts';
import type { TransportFault } from '../../../kit/http-fake.ts';

let bridge: FakeEventBridge;
let client: EventBridgeClient;
let clock: FakeClock;
let bus: EventBus;

beforeEach(async () => {
  bridge = await fakeEventBridge();
  client = new EventBridgeClient(bridge.client);
  clock = fakeClock();
  bus = eventBridgeBus({ client, bus: 'holdfast-test', clock, random: () => 0.5 });
});

afterEach(async () => {
  client.destroy();
  await bridge.close();
});

const taken = () => bridge.taken.map(({ Detail }) => JSON.parse(Detail).metadata.id);
const ids = (count: number) => manyEvents(count).map(({ metadata }) => metadata.id);

describe('EventBridge', () => {
  test('is told source, type and envelope, on the bus by its name', async () => {
    await bus.publish([anyEvent('one', { accountId: 'A-1' })]);
    const [{ Detail, ...rest } = { Detail: '{}' }] = bridge.taken;
    expect(rest).toEqual({
      ...{ EventBusName: 'holdfast-test', Source: 'holdfast', DetailType: 'HealthBandChanged' },
    });
    expect(JSON.parse(Detail)).toEqual({
      metadata: anyEvent('one').metadata,
      data: { accountId: 'A-1' },
    });
  });

  test('takes ten entries a call', async () => {
    await bus.publish(manyEvents(25));
    expect(bridge.calls).toHaveLength(3);
    expect(taken()).toEqual(ids(25));
  });

  test('takes fewer where they are heavy', async () => {
    const evidence = 'ü'.repeat(60_000);
    const events = manyEvents(5).map((event) => ({ ...event, data: { evidence } }));
    await bus.publish(events);
    expect(bridge.calls).toHaveLength(3);
    expect(taken()).toEqual(ids(5));
  });

  test('is not called at all for an event that is too large', async () => {
    const large = anyEvent('large', { evidence: 'x'.repeat(263_000) });
    await expect(bus.publish([...manyEvents(3), large])).rejects.toMatchObject({
      kind: 'results',
      message: expect.stringMatching(/HealthBandChanged large: found up to 263\d+ bytes/),
    });
    expect(bridge.calls).toEqual([]);
  });

  test.each(['InternalFailure', 'ThrottlingException'])(
    'that fails an entry with %s is sent that entry again, and no other',
    async (reason) => {
      bridge.faults.next('PutEvents', `${reason} at 1`);
      bridge.faults.next('PutEvents', `${reason} for all`);
      await bus.publish(manyEvents(3));
      expect(taken()).toEqual(['id-0', 'id-2', 'id-1']);
      expect(bridge.calls).toHaveLength(3);
      expect(clock.sleeps).toHaveLength(2);
    },
  );

  test('that refuses an entry for good is asked once, and the entry is named', async () => {
    bridge.faults.next('PutEvents', 'NotAuthorizedForSourceException at 1');
    await expect(bus.publish(manyEvents(3))).rejects.toMatchObject({
      kind: 'results',
      problems: [{ where: 'event bus holdfast-test, HealthBandChanged id-1' }],
    });
    expect(bridge.calls).toHaveLength(1);
  });

  test('that never takes an entry is given up, and the entry is named', async () => {
    bridge.faults.next('PutEvents', 'InternalFailure for all', 50);
    await expect(bus.publish(manyEvents(2))).rejects.toMatchObject({
      kind: 'results',
      problems: [
        { where: expect.stringContaining('id-0') },
        { where: expect.stringMatching(/id-1/) },
      ],
    });
    expect(bridge.calls.length).toBeLessThan(10);
  });

  test.each<[TransportFault | EventBridgeFault, number]>([
    ['throttle', 5],
    ['500', 5],
    ['drop', 4],
  ])('that answers %s is asked again, and nothing comes twice', async (fault, times) => {
    bridge.faults.next('PutEvents', fault, times);
    await bus.publish(manyEvents(12));
    expect(taken()).toEqual(ids(12));
  });

  test('whose reply is lost hears the same ids again', async () => {
    bridge.faults.next('PutEvents', 'lose-reply');
    await bus.publish(manyEvents(2));
    expect(taken()).toEqual([...ids(2), ...ids(2)]);
  });

  test('that denies the call says what to allow', async () => {
    bridge.faults.next('PutEvents', 'deny');
    await expect(bus.publish(manyEvents(1))).rejects.toThrow(/Allow events:PutEvents on the bus/);
  });
});
