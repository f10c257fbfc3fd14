import { csvName } from '../publish/csv-file.ts';
import type { Run } from '../publish/run-key.ts';
import type { ColumnKind, Table, TableColumn } from '../publish/table.ts';

/** A CSV of the folder: the table whose rows it has, what tells them apart, and what was written. */
export interface CsvResource {
  readonly table: Table;
  readonly primaryKey: readonly string[];
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Describes the CSVs as a tabular Data Package, version 1, which readers of version 2 read as well.
 * It has no `created`: the same run gives the same bytes. Source: specs.frictionlessdata.io.
 */
export const dataPackage = (run: Run, resources: readonly CsvResource[]) => ({
  profile: 'tabular-data-package',
  name: 'renewal_forecast',
  title: `Renewal forecast as of ${run.asOf}`,
  description: 'What each term that ends is expected to bring. definitions.md says what it means.',
  version: run.definitions.id,
  sources: [
    { title: `Holdfast ${run.job}, run ${run.key} of ${run.asOf}` },
    { title: `revenue_rollups of ${run.asOf}, to which it reconciles` },
  ],
  resources: resources.map(resourceOf),
});

/** What a CSV of a table is called. */
export const csvFileName = ({ name }: Table): string => `${name}.csv`;

const resourceOf = ({ table, primaryKey, sha256, bytes }: CsvResource) => ({
  profile: 'tabular-data-resource',
  name: table.name,
  path: csvFileName(table),
  description: table.grain,
  format: 'csv',
  mediatype: 'text/csv',
  encoding: 'utf-8',
  bytes,
  hash: `sha256:${sha256}`,
  dialect: {
    delimiter: ',',
    lineTerminator: '\r\n',
    quoteChar: '"',
    doubleQuote: true,
    header: true,
    skipInitialSpace: false,
  },
  schema: {
    fields: Object.entries(table.columns).map(([name, column]) =>
      fieldOf(name, column, primaryKey.includes(name)),
    ),
    missingValues: [''],
    primaryKey,
  },
});

const TYPES: Readonly<Record<ColumnKind, object>> = {
  text: { type: 'string' },
  count: { type: 'integer' },
  cents: { type: 'number', decimalChar: '.' },
  number: { type: 'number', decimalChar: '.' },
  tenths: { type: 'number', decimalChar: '.' },
  flag: { type: 'boolean', trueValues: ['true'], falseValues: ['false'] },
  day: { type: 'date', format: 'default' },
};

/** A text may be empty and yet be there, which a reader takes for missing; keys are neither. */
const fieldOf = (name: string, { kind, optional, meaning }: TableColumn, isKey: boolean) => ({
  name: csvName(name, kind),
  ...TYPES[kind],
  description: meaning,
  ...(isKey || (!optional && kind !== 'text') ? { constraints: { required: true } } : {}),
});
