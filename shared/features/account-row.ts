import type { Day } from '../basics/day.ts';
import type { Batch, Cell } from '../ports/warehouse.ts';
import { type SourceId, sourceIds, sourceOf, type sources } from '../sources/index.ts';
import type { FeatureType } from '../sources/source.ts';

type FeaturesOf<Id extends SourceId> = (typeof sources)[Id]['features'];

interface FeatureValue {
  count: number;
  cents: number;
  number: number | null;
  text: string | null;
  day: Day | null;
  flag: boolean | null;
}

type Camel<Text extends string> = Text extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Text;

type CamelFeatures<Features extends Record<string, FeatureType>> = {
  readonly [Name in keyof Features & string as Camel<Name>]: FeatureValue[Features[Name]];
};

type Intersection<Union> = (Union extends unknown ? (part: Union) => void : never) extends (
  whole: infer Whole,
) => void
  ? Whole
  : never;

/**
 * All that is known of one account on one day: `severe_tickets_open` of a source becomes
 * `severeTicketsOpen` here. Counts and amounts are 0, and the rest null, where a source has no row.
 */
export type AccountRow = { readonly accountId: string; readonly asOf: Day } & Intersection<
  { [Id in SourceId]: CamelFeatures<FeaturesOf<Id>> }[SourceId]
>;

/** Every feature with its type, in the order of the query that computes them. */
export const features: readonly { source: SourceId; name: string; type: FeatureType }[] =
  sourceIds.flatMap((source) =>
    Object.entries(sourceOf(source).features).map(([name, type]) => ({ source, name, type })),
  );

export const camelCase = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/**
 * Reads the accounts of a batch one after another through a single object whose fields look into
 * the batch's columns, because a million row objects cost more than the scoring. Do not keep it.
 */
export function* accountRows(batch: Batch, asOf: Day): Generator<AccountRow> {
  let index = 0;
  const row = {};
  const field = (name: string, values: ArrayLike<Cell>) =>
    Object.defineProperty(row, name, { get: () => values[index], enumerable: true });
  for (const name of ['account_id', ...features.map((feature) => feature.name)]) {
    const values = batch.columns[name];
    if (values === undefined) throw new Error(`the warehouse answered without column ${name}`);
    field(camelCase(name), values);
  }
  Object.defineProperty(row, 'asOf', { value: asOf, enumerable: true });
  for (index = 0; index < batch.rowCount; index += 1) yield row as AccountRow;
}
