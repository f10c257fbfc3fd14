import type { Day } from '../basics/day.ts';
import { sha256 } from '../basics/digest.ts';
import type { EventRow } from '../publish/event-tables.ts';
import type { EventDefinition } from './event-fields.ts';
import { type EventData, type EventType, eventTypes } from './event-types.ts';

interface Fact {
  readonly asOf: Day;
  /** What it is about: account, renewal, quarter, job. */
  readonly subject: string;
  /** What tells it from other facts of its type, subject and day: flag, milestone, run. */
  readonly key?: string;
}

/**
 * A row of an event table. Its id is made of what makes the fact the same and not of the run, so
 * that another revision of the day tells the same fact under the same id. A field heldBecause is
 * given as null: why alerts are held is known, and put in, at delivery.
 */
export const domainEvent = <Type extends EventType>(
  type: Type,
  { asOf, subject, key = '' }: Fact,
  data: EventData<Type>,
): EventRow => {
  const definition: EventDefinition = eventTypes[type];
  const identity = [type, subject, key, definition.isOnce ? null : asOf];
  return {
    event_id: sha256(JSON.stringify(identity)).slice(0, 32),
    type,
    schema_version: definition.schemaVersion,
    subject,
    // Parsed, so that what was not foreseen stops the run, and keys stand in the schema's order.
    data: JSON.stringify(definition.data.parse(data)),
    is_alert: definition.isAlert,
  };
};
