import { join } from 'node:path';
import type { EventBus } from '../../shared/ports/event-bus.ts';
import { isInS3 } from './open-warehouse.ts';

/**
 * Where the events of a run go: a bus of EventBridge that is named, or a file beside results in a
 * folder. Null for results in S3 without a name: nobody publishes to a company's bus unasked.
 */
export const openBus = async (out: string, name: string | undefined): Promise<EventBus | null> => {
  if (name !== undefined) return (await import('./open-aws.ts')).awsBus(name);
  if (isInS3(out)) return null;
  const { jsonlEventBus } = await import('../adapters/local/jsonl-event-bus.ts');
  return jsonlEventBus(join(out, 'events.jsonl'));
};
