import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import { HoldfastError } from '../../../shared/basics/problem.ts';
import { EVENT_SOURCE } from '../../../shared/events/event-types.ts';
import type { BusEvent, EventBus } from '../../../shared/ports/event-bus.ts';
import { awsFailure, isDenied, isDropped, isThrottled, isUnknownCaller } from './aws-failure.ts';
import { type Entry, entryOf, inCalls, MOST_BYTES } from './event-entries.ts';
import { type Backoff, withBackoff } from './with-backoff.ts';

interface EventBridgeOptions extends Backoff {
  readonly client: EventBridgeClient;
  /** Name of the bus. */
  readonly bus: string;
}

/** What EventBridge says of an entry that a later call may well take. */
const PASSING = new Set(['InternalFailure', 'ThrottlingException']);

/** Some entries of a call were not taken, all of them for a passing reason. */
class SomeNotTaken extends Error {
  override readonly name = 'SomeNotTaken';
}

/**
 * Publishes to a bus of EventBridge. A call that succeeds may still have failed for single entries:
 * those that failed in passing are sent again, and only those.
 */
export const eventBridgeBus = ({ client, bus, clock, random }: EventBridgeOptions): EventBus => {
  const refused = (found: string, events: readonly BusEvent[], cause?: unknown) =>
    new HoldfastError(
      'results',
      events.map(({ type, metadata }) => ({
        where: `event bus ${bus}, ${type} ${metadata.id}`,
        found,
        expected: 'EventBridge to accept the event',
        fix: remedy(cause),
      })),
      { cause },
    );

  const send = async (entries: readonly Entry[]): Promise<void> => {
    let left = entries;
    const call = async () => {
      const Entries = left.map(({ event, detail }) => ({
        ...{ EventBusName: bus, Source: EVENT_SOURCE, DetailType: event.type, Detail: detail },
      }));
      const reply = await client.send(new PutEventsCommand({ Entries }));
      if (!reply.FailedEntryCount) return;
      const failed = failedOf(left, reply.Entries ?? []);
      const final = failed.filter(({ code }) => !PASSING.has(code));
      if (final.length > 0) throw refusal(final, refused);
      left = failed.map(({ entry }) => entry);
      throw new SomeNotTaken(failed.map(({ code, message }) => `${code} (${message})`).join('; '));
    };
    try {
      await withBackoff(call, isPassing, { clock, random });
    } catch (error) {
      if (error instanceof HoldfastError) throw error;
      const { name, message } = awsFailure(error);
      const found = error instanceof SomeNotTaken ? message : `${name} (${message})`;
      const events = left.map(({ event }) => event);
      throw refused(found, events, error);
    }
  };

  return {
    async publish(events) {
      const entries = events.map((event) => entryOf(event, bus));
      const tooLarge = entries.filter(({ bytes }) => bytes > MOST_BYTES);
      if (tooLarge.length > 0) {
        const largest = Math.max(...tooLarge.map(({ bytes }) => bytes));
        const found = `up to ${largest} bytes, where a call takes ${MOST_BYTES}`;
        throw refused(
          found,
          tooLarge.map(({ event }) => event),
        );
      }
      for (const call of inCalls(entries)) await send(call);
    },
  };
};

interface Failed {
  readonly entry: Entry;
  readonly code: string;
  readonly message: string;
}

/** The reply tells of each entry at the place the entry had. */
function failedOf(entries: readonly Entry[], results: readonly PutEventsResultEntry[]): Failed[] {
  return entries.flatMap((entry, index) => {
    const { ErrorCode, ErrorMessage } = results[index] ?? {};
    if (ErrorCode === undefined) return [];
    return [{ entry, code: ErrorCode, message: ErrorMessage ?? 'no further words' }];
  });
}

type Refused = (found: string, events: readonly BusEvent[]) => HoldfastError;

function refusal(failed: readonly Failed[], refused: Refused): HoldfastError {
  const problems = failed.flatMap(
    ({ entry, code, message }) => refused(`${code} (${message})`, [entry.event]).problems,
  );
  return new HoldfastError('results', problems);
}

function isPassing(error: unknown): boolean {
  return error instanceof SomeNotTaken || isThrottled(error) || isDropped(error);
}

function remedy(cause: unknown): string {
  if (isUnknownCaller(cause)) return 'Give this process valid AWS credentials.';
  if (isDenied(cause)) return 'Allow events:PutEvents on the bus.';
  if (awsFailure(cause).name === 'ResourceNotFoundException') return 'Deploy the bus, or name it.';
  return 'Run it again: what was accepted is noted, and what was not is sent again.';
}
