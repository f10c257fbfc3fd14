import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { expect, onTestFinished, test } from 'vitest';
import { eventBridgeBus } from '../../functions/adapters/aws/event-bridge-bus.ts';
import { jsonlEventBus } from '../../functions/adapters/local/jsonl-event-bus.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { fakeEventBridge } from '../kit/fake-event-bridge.ts';
import { memoryEventBus } from '../kit/memory-event-bus.ts';
import { anyEvent, eventBusContract, manyEvents } from './event-bus.contract.ts';

eventBusContract('memory', async () => {
  const bus = memoryEventBus();
  return { bus, arrived: async () => bus.events };
});

eventBusContract('file of lines', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bus-'));
  const path = join(folder, 'results', 'events.jsonl');
  return {
    bus: jsonlEventBus(path),
    arrived: async () => {
      const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [''];
      return lines.slice(0, -1).map((line) => JSON.parse(line));
    },
    close: async () => rmSync(folder, { recursive: true }),
  };
});

eventBusContract('EventBridge', async () => {
  const bridge = await fakeEventBridge();
  const client = new EventBridgeClient(bridge.client);
  const means = { client, clock: fakeClock(), random: () => 0.5 };
  return {
    bus: eventBridgeBus({ ...means, bus: 'holdfast' }),
    arrived: async () =>
      bridge.taken.map(({ DetailType: type, Detail }) => ({ type, ...JSON.parse(Detail) })),
    close: async () => {
      client.destroy();
      await bridge.close();
    },
  };
});

test('a long file of lines is read to its end, whatever the length of a line, and a torn one is taken off', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'holdfast-bus-')), 'events.jsonl');
  onTestFinished(() => rmSync(path, { force: true }));
  const standing = manyEvents(9000).map((event, index) => ({
    ...event,
    data: { note: 'ü'.repeat(index === 4000 ? 3_000_000 : index % 400) },
  }));
  const lines = standing.map((event) => `${JSON.stringify(event)}\n`).join('');
  writeFileSync(path, `${lines}{"type":"Torn`);
  const fresh = anyEvent('fresh');
  await jsonlEventBus(path).publish([standing[0], standing[4000], standing[8999], fresh] as never);
  expect(readFileSync(path, 'utf8')).toBe(`${lines}${JSON.stringify(fresh)}\n`);
});
