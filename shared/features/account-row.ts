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
 * Reads accounts batch after batch through a single object whose fields look into the columns of the
 * batch, because a million row objects cost more than the scoring. Do not keep it. The fields belong
 * to its prototype, and there is one of it for a run: the engine then reads them as its own. So a
 * spread of it gives nothing, and one batch must be read to its end before the next.
 */
export const accountReader = (asOf: Day) => {
  let index = 0;
  const fields = ['account_id', ...features.map(({ name }) => name)].map((name) => {
    return { name, values: [] as ArrayLike<Cell> };
  });
  const getters = fields.map((field) => [
    camelCase(field.name),
    { get: () => field.values[index], enumerable: true },
  ]);
  const row: AccountRow = Object.create(Object.create({ asOf }, Object.fromEntries(getters)));

  return function* (batch: Batch): Generator<AccountRow> {
    for (const field of fields) {
      const values = batch.columns[field.name];
      if (values === undefined)
        throw new Error(`the warehouse answered without column ${field.name}`);
      field.values = values;
    }
    for (index = 0; index < batch.rowCount; index += 1) yield row;
  };
};
