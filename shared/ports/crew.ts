/**
 * Processors that do parts of one job at the same time. What goes to them and comes back is plain
 * data, copied on the way.
 */
export interface Crew {
  /** Sets everyone to work of one kind, with what is the same for all of its parts. */
  hire(work: string, setting: unknown): Hired;
}

export interface Hired {
  /** How many parts can be in hand at once without anybody waiting. */
  readonly hands: number;
  /** Does one part; parts begun in an order reach each processor in that order. */
  do(part: unknown): Promise<unknown>;
  dismiss(): Promise<void>;
}
