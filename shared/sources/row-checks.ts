import { addDays, type Day, toDay } from '../basics/day.ts';
import type { ResolvedColumns } from './mapping.ts';
import type { Column, ColumnType, RowCheck, Source } from './source.ts';
import { sqlDay, sqlList, sqlName } from './sql.ts';

const EARLIEST = toDay('1970-01-01');
const LATEST_YEARS_AHEAD = 20;

/** A check of a run. `everyRow`: it also looks at rows that are not yet known on the day. */
export interface PlannedCheck extends RowCheck {
  readonly everyRow?: true;
}

export interface CheckScope {
  readonly asOf: Day;
  readonly currencies: readonly string[];
  /** Values that the config knows, by source.column; others are told, as they may be forgotten. */
  readonly configured: Readonly<Record<string, readonly string[]>>;
}

/** All checks that look at one row at a time: the column's own and those the source adds. */
export const plannedChecks = (
  source: Source,
  resolved: ResolvedColumns,
  scope: CheckScope,
): PlannedCheck[] => [
  ...Object.entries(source.columns)
    .filter(([name]) => resolved.has(name))
    .flatMap(([name, column]) => [
      ...columnChecks(name, column, scope),
      ...configuredCheck(name, scope.configured[`${source.id}.${name}`]),
    ]),
  ...(source.oneOfColumns ?? []).map(emptyGroupCheck),
  ...(source.checks ?? []),
];

function columnChecks(name: string, column: Column, scope: CheckScope): PlannedCheck[] {
  return [
    ...(column.required || column.type === 'currency' ? [nullCheck(name, column)] : []),
    ...(column.type === 'text' ? [] : [unreadableCheck(name, column)]),
    ...(column.type === 'day' || column.type === 'moment' ? [rangeCheck(name, scope)] : []),
    ...(column.type === 'currency' ? [currencyCheck(name, scope)] : []),
    ...(column.oneOf ? [enumCheck(name, column.oneOf)] : []),
    ...(column.range ? [valueRangeCheck(name, column.range)] : []),
    ...(column.wanted ? [emptyCheck(name)] : []),
  ];
}

const nullCheck = (column: string, { type }: Column): PlannedCheck => ({
  id: 'null',
  column,
  severity: 'broken',
  // An empty text reads as null; in other types that is 'unreadable', below.
  offends:
    type === 'text' || type === 'currency'
      ? `raw_${column} IS NULL OR CAST(raw_${column} AS VARCHAR) = ''`
      : `raw_${column} IS NULL`,
  found: 'no value',
  expected: 'a value in every row',
  fix: 'Fill it, or leave these rows out in a select and say why.',
});

const TYPE_WORDS: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  currency: 'a currency',
  number: 'a number',
  integer: 'a whole number',
  money: 'an amount',
  day: 'a day written YYYY-MM-DD',
  moment: 'a moment written YYYY-MM-DD HH:MM:SS',
  flag: 'true or false',
};

const unreadableCheck = (column: string, { type }: Column): PlannedCheck => ({
  id: 'unreadable',
  column,
  severity: 'broken',
  offends: `raw_${column} IS NOT NULL AND ${sqlName(column)} IS NULL`,
  found: `values that cannot be read as ${TYPE_WORDS[type]}`,
  expected: TYPE_WORDS[type],
  fix: `Correct the values, or map ${column} with an expression that turns them into ${TYPE_WORDS[type]}.`,
});

const rangeCheck = (column: string, { asOf }: CheckScope): PlannedCheck => ({
  id: 'date_out_of_range',
  column,
  severity: 'warning',
  everyRow: true,
  offends: `${sqlName(column)} < ${sqlDay(EARLIEST)} OR ${sqlName(column)} >= ${sqlDay(latestBelievable(asOf))}`,
  found: 'dates out of range',
  expected: `a date from ${EARLIEST} on and before ${latestBelievable(asOf)}`,
  fix: 'Correct the dates; until then the rows count as they stand.',
});

const currencyCheck = (column: string, { currencies }: CheckScope): PlannedCheck => ({
  id: 'unknown_currency',
  column,
  severity: 'broken',
  offends: `${sqlName(column)} NOT IN (${sqlList(currencies)})`,
  found: 'currencies without a rate',
  expected: `one of ${currencies.join(', ')}`,
  fix: 'Add the rate under currency.rates.',
});

const valueRangeCheck = (
  column: string,
  [lowest, highest]: readonly [number, number],
): PlannedCheck => ({
  id: 'out_of_range',
  column,
  severity: 'broken',
  offends: `${sqlName(column)} < ${lowest} OR ${sqlName(column)} > ${highest}`,
  found: 'values out of range',
  expected: `a value from ${lowest.toLocaleString('en-US')} to ${highest.toLocaleString('en-US')}`,
  fix: `Correct the values, or map ${column} with an expression that brings them into the range.`,
});

const emptyCheck = (column: string): PlannedCheck => ({
  id: 'value_missing',
  column,
  severity: 'warning',
  offends: `raw_${column} IS NULL`,
  found: 'no value',
  expected: 'a value in every row',
  fix: 'Fill it, or map it to null if the company does not record it.',
});

const enumCheck = (column: string, allowed: readonly string[]): PlannedCheck => ({
  id: 'unknown_value',
  column,
  severity: 'broken',
  offends: `${sqlName(column)} NOT IN (${sqlList(allowed)})`,
  found: 'values the rules do not know',
  expected: `one of ${allowed.join(', ')}`,
  fix: `Map ${column} with a CASE expression that turns them into one of these.`,
});

const configuredCheck = (column: string, known: readonly string[] = []): PlannedCheck[] =>
  known.length === 0
    ? []
    : [
        {
          id: 'not_configured',
          column,
          severity: 'warning',
          offends: `${sqlName(column)} NOT IN (${sqlList(known)})`,
          found: 'values that the config does not name',
          expected: `one of ${known.join(', ')}`,
          fix: 'Name them in the config, or map the column; until then these rows go by the default.',
        },
      ];

const emptyGroupCheck = (columns: readonly string[]): PlannedCheck => ({
  id: 'null',
  column: columns.join(' or '),
  severity: 'broken',
  offends: columns.map((column) => `raw_${column} IS NULL`).join(' AND '),
  found: 'no value',
  expected: `a value in ${columns.join(' or ')} in every row`,
  fix: 'Fill one of them, or leave these rows out in a select and say why.',
});

function latestBelievable(asOf: Day): Day {
  return addDays(asOf, Math.round(LATEST_YEARS_AHEAD * 365.25));
}
