import {
  type DuckDBAppender,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampValue,
} from '@duckdb/node-api';
import type { Cell, ColumnType, SampleTable } from './sample-table.ts';

type Append = (appender: DuckDBAppender, value: Cell) => void;

const appendAs: Readonly<Record<ColumnType, Append>> = {
  VARCHAR: (appender, value) => appender.appendVarchar(value as string),
  DATE: (appender, value) => appender.appendDate(new DuckDBDateValue(value as number)),
  TIMESTAMP: (appender, value) =>
    appender.appendTimestamp(new DuckDBTimestampValue(BigInt(value as number) * 1_000_000n)),
  'DECIMAL(18,2)': (appender, value) =>
    appender.appendDecimal(new DuckDBDecimalValue(BigInt(value as number), 18, 2)),
  'DECIMAL(5,2)': (appender, value) =>
    appender.appendDecimal(new DuckDBDecimalValue(BigInt(value as number), 5, 2)),
  BIGINT: (appender, value) => appender.appendBigInt(BigInt(value as number)),
  INTEGER: (appender, value) => appender.appendInteger(value as number),
  DOUBLE: (appender, value) => appender.appendDouble(value as number),
  BOOLEAN: (appender, value) => appender.appendBoolean(value as boolean),
};

/** Takes rows into DuckDB one by one, each cell by the type its column was declared with. */
export const rowAppender = (
  appender: DuckDBAppender,
  { columns }: SampleTable,
): ((row: Readonly<Record<string, Cell>>) => void) => {
  const cells = Object.entries(columns).map(([name, type]) => ({ name, append: appendAs[type] }));

  return (row) => {
    for (const { name, append } of cells) {
      const value = row[name] ?? null;
      if (value === null) appender.appendNull();
      else append(appender, value);
    }
    appender.endRow();
  };
};
