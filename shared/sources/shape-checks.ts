import { closest } from 'fastest-levenshtein';
import { HoldfastError } from '../basics/problem.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { freshColumn } from './count-rows.ts';
import type { Finding } from './finding.ts';
import type { ResolvedColumns, SourceMapping } from './mapping.ts';
import type { CheckScope } from './row-checks.ts';
import type { Source } from './source.ts';
import { isColumnName } from './sql.ts';

interface Shape {
  readonly source: Source;
  readonly mapping: SourceMapping;
  readonly relation: string;
  readonly resolved: ResolvedColumns;
  readonly columns: readonly string[];
  readonly warehouse: Warehouse;
}

/** Are the columns there that the mapping speaks of, and does the engine accept its expressions? */
export const shapeFindings = async (shape: Shape): Promise<Finding[]> => {
  const { source, mapping, resolved, columns } = shape;
  const present = new Set(columns.map((name) => name.toLowerCase()));
  const missing = Object.entries(mapping.columns).flatMap(([column, sql]) =>
    typeof sql === 'string' && isColumnName(sql) && !present.has(sql.toLowerCase())
      ? [missingColumn(source, column, sql, columns)]
      : [],
  );
  const unmapped = Object.entries(source.columns)
    .filter(([name, { required }]) => required && !resolved.has(name))
    .map(([name]) => missingColumn(source, name, name, columns));
  const groups = (source.oneOfColumns ?? [])
    .filter((group) => !group.some((name) => resolved.has(name)))
    .map((group) => missingColumn(source, group.join(' or '), group[0] ?? '', columns));
  const found = [...missing, ...unmapped, ...groups];
  return found.length > 0 ? found : refusedExpressions(shape);
};

const missingColumn = (
  source: Source,
  column: string,
  sought: string,
  columns: readonly string[],
): Finding => ({
  ...shapeFinding(source, column),
  check: 'column_missing',
  found: `no column "${sought}" in the relation`,
  expected: `one of ${columns.slice(0, 30).join(', ')}`,
  fix: `Map sources.${source.id}.columns.${column}${
    columns.length > 0 ? `; the nearest name is "${closest(sought, [...columns])}"` : ''
  }.`,
});

async function refusedExpressions(shape: Shape): Promise<Finding[]> {
  const { source, relation, resolved, warehouse } = shape;
  const expressions = [...resolved].filter(([, sql]) => sql.startsWith('('));
  const refused = await Promise.all(
    expressions.map(async ([column, sql]): Promise<Finding[]> => {
      const name = `${source.id}-${column}-expression`;
      try {
        await warehouse.read({
          name,
          sql: `SELECT ${sql} AS expression FROM (${relation}) relation LIMIT 0`,
        });
        return [];
      } catch (error) {
        if (!(error instanceof HoldfastError) || error.kind !== 'query') throw error;
        return [refusedExpression(source, column, error)];
      }
    }),
  );
  return refused.flat();
}

const refusedExpression = (source: Source, column: string, error: HoldfastError): Finding => ({
  ...shapeFinding(source, column),
  check: 'expression_refused',
  found: `an expression the engine refuses (${error.problems[0]?.found ?? error.message})`,
  expected: 'SQL over the columns of the relation',
  fix: `Correct sources.${source.id}.columns.${column}.`,
});

const shapeFinding = (source: Source, column: string) => ({
  source: source.id,
  column,
  severity: 'broken' as const,
  rows: null,
  share: null,
  examples: [],
});

/** What a mapping leaves open that a reader should know of. */
export const mappingWarnings = (
  source: Source,
  mapping: SourceMapping,
  resolved: ResolvedColumns,
  { currencies }: CheckScope,
): Finding[] => {
  const currency = Object.entries(source.columns).find(([, { type }]) => type === 'currency')?.[0];
  const assumed = currency !== undefined && !resolved.has(currency) && currencies.length > 1;
  const unmeasured = mapping.freshness_days !== undefined && !freshColumn(source, resolved);
  return [
    ...(assumed
      ? [
          {
            ...shapeFinding(source, currency),
            severity: 'warning' as const,
            check: 'currency_assumed',
            found: `no currency, so every amount is taken as ${currencies[0]}`,
            expected: 'a currency for each row, as more than one has a rate',
            fix: `Map sources.${source.id}.columns.${currency}.`,
          },
        ]
      : []),
    ...(unmeasured
      ? [
          {
            ...shapeFinding(source, 'recorded_at'),
            severity: 'warning' as const,
            check: 'freshness_unknown',
            found: 'a limit on freshness and nothing to measure it by',
            expected: 'a day or moment that says when news came',
            fix: `Map sources.${source.id}.columns.recorded_at, or take freshness_days out.`,
          },
        ]
      : []),
  ];
};
