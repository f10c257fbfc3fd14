/**
 * A measure as a SQL team would write it, over one row per account: its value, null when it is
 * unknown; what was observed, in words; and why it is unknown, where it is.
 */
export interface SqlMeasure {
  readonly value: string;
  readonly evidence: string;
  readonly reason: string;
}

/** The reason for accounts that are too new, as most trends have it. */
export const tooNew = (rest: string): string =>
  `'customer for ' || tenure || ' days; ${rest.replaceAll("'", "''")}'`;
