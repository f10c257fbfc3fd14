import type { z } from 'zod';
import type { EventDefinition } from './event-fields.ts';
import { healthEventTypes } from './health-event-types.ts';
import { renewalEventTypes } from './renewal-event-types.ts';
import { runEventTypes } from './run-event-types.ts';

/** What EventBridge is told the events come from; rules of others ask for it. */
export const EVENT_SOURCE = 'holdfast';

/** Every type of event there is; docs/events is made from it. */
export const eventTypes = {
  ...healthEventTypes,
  ...renewalEventTypes,
  ...runEventTypes,
} satisfies Readonly<Record<string, EventDefinition>>;

export type EventType = keyof typeof eventTypes;

/** What an event of a type says. */
export type EventData<Type extends EventType> = z.input<(typeof eventTypes)[Type]['data']>;
