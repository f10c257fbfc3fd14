import type { Day } from '../basics/day.ts';

/** Where others hear of what happened: EventBridge, or a file on a laptop. */
export interface EventBus {
  /**
   * Returns when every event has been accepted. At least once: after a lost reply or a kill an event
   * may be accepted again, with the same id. Throws HoldfastError kind 'results' that names what was
   * refused; events beside it may have been accepted, and may be published again.
   */
  publish(events: readonly BusEvent[]): Promise<void>;
}

/** One event as it is told: docs/events has the JSON Schema of each type. */
export interface BusEvent {
  readonly type: string;
  readonly metadata: EventMetadata;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Nothing in it depends on when, or how often, the event is sent. */
export interface EventMetadata {
  /** The same for the same fact: who has seen the id has seen the event. */
  readonly id: string;
  readonly schemaVersion: number;
  readonly runKey: string;
  readonly asOf: Day;
  /** The start of as_of in the business time zone, as an ISO instant. */
  readonly occurredAt: string;
}
