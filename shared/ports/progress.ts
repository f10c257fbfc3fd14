/** Tells a person, or a log, how far a run has come. */
export interface Progress {
  /** A step begins; `done` is called with what came of it. */
  step(title: string): { update(done: number, total: number): void; done(outcome: string): void };
}
