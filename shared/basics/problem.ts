/** What a person needs to mend something: where it is, what stood there, what should, what to do. */
export interface Problem {
  readonly where: string;
  readonly found: string;
  readonly expected: string;
  readonly fix: string;
}

/**
 * usage, config: the words of a command or of holdfast.yaml. data: what the warehouse holds.
 * query: the engine refuses a query. warehouse, results: the engine or the store is out of reach.
 */
export type ProblemKind = 'usage' | 'config' | 'data' | 'query' | 'warehouse' | 'results';

/** An error written for the reader: every problem found, not only the first. */
export class HoldfastError extends Error {
  override readonly name = 'HoldfastError';
  readonly kind: ProblemKind;
  readonly problems: readonly Problem[];

  constructor(kind: ProblemKind, problems: readonly Problem[], options?: { cause?: unknown }) {
    super(problems.map(describeProblem).join('\n'), options);
    this.kind = kind;
    this.problems = problems;
  }
}

export const describeProblem = ({ where, found, expected, fix }: Problem): string =>
  `${where}: found ${found}; expected ${expected}. ${fix}`;

/** Stops on states that the code itself makes impossible; never for bad input. */
export function assert(claim: unknown, message: string): asserts claim {
  if (!claim) throw new Error(`impossible state: ${message}`);
}
