/** Column types that Parquet, Athena and DuckDB read alike. `tenths` is DECIMAL(5,1). */
export type ColumnKind = 'text' | 'count' | 'cents' | 'number' | 'tenths' | 'flag' | 'day';

export interface TableColumn {
  readonly kind: ColumnKind;
  readonly optional?: true;
  readonly meaning: string;
}

/** A published table: one file a day, partitioned by as_of. */
export interface Table<
  Columns extends Readonly<Record<string, TableColumn>> = Readonly<Record<string, TableColumn>>,
> {
  readonly name: string;
  readonly grain: string;
  readonly columns: Columns;
}

interface KindValue {
  text: string;
  count: number;
  cents: number;
  number: number;
  tenths: number;
  flag: boolean;
  day: string;
}

type ColumnValue<Column extends TableColumn> =
  | KindValue[Column['kind']]
  | (Column extends { readonly optional: true } ? null : never);

/** A row of a table as TypeScript sees it. */
export type RowOf<T extends Table> = {
  readonly [Name in keyof T['columns'] & string]: ColumnValue<T['columns'][Name]>;
};

export const defineTable = <const Columns extends Readonly<Record<string, TableColumn>>>(
  table: Table<Columns>,
): Table<Columns> => table;

/** What Glue and Athena call the kinds. */
export const glueType: Readonly<Record<ColumnKind, string>> = {
  text: 'string',
  count: 'bigint',
  cents: 'bigint',
  number: 'double',
  tenths: 'decimal(5,1)',
  flag: 'boolean',
  day: 'date',
};
