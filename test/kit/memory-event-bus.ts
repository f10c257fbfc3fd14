import type { BusEvent, EventBus } from '../../shared/ports/event-bus.ts';

export interface MemoryEventBus extends EventBus {
  /** All that was accepted, in order, with what came twice. */
  readonly events: BusEvent[];
}

/** The bus for tests of jobs: it takes everything and forgets nothing. */
export const memoryEventBus = (): MemoryEventBus => {
  const events: BusEvent[] = [];
  return { events, publish: async (more) => void events.push(...more) };
};
