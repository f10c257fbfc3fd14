/** Accounts as the page carries them: a row each, and each text that recurs only once. */
export interface PackedAccounts {
  /** Place 0 stands for null. */
  readonly texts: readonly string[];
  readonly rows: readonly PackedRow[];
}

export type PackedRow = readonly [
  accountId: string,
  name: string | null,
  segment: number,
  ownerName: number,
  ownerEmail: number,
  region: number,
  lifecycle: number,
  arrCents: number,
  score: number | null,
  band: number,
  change28: number | null,
  driver: number,
  renewalOn: number,
  coverage: number | null,
  gateEffect: number | null,
  gateReason: number,
  note: number,
  /** Signal, severity and evidence, one after the other. */
  flags: readonly number[],
];

/** Receipts in the order of the rows. A shape is the measures and weights that many accounts share. */
export interface PackedReceipts {
  readonly texts: readonly string[];
  readonly shapes: readonly (readonly number[])[];
  readonly receipts: readonly (readonly (number | null)[] | null)[];
}

/** Stands in a text for a number that is kept beside it; no text has one, being plain. */
export const HOLE = '\u0000';
