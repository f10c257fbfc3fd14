import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { eventBridgeBus } from '../../functions/adapters/aws/event-bridge-bus.ts';
import { jsonlEventBus } from '../../functions/adapters/local/jsonl-event-bus.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { fakeEventBridge } from '../kit/fake-event-bridge.ts';
import { memoryEventBus } from '../kit/memory-event-bus.ts';
import { eventBusContract } from './event-bus.contract.ts';

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
