import { addDays, type Day } from '../basics/day.ts';
import type { SourceState } from '../sources/finding.ts';
import { sourceOf } from '../sources/index.ts';
import type { FeatureType, ReduceContext } from '../sources/source.ts';
import { sqlDay, sqlNumber, sqlText } from '../sources/sql.ts';
import { features } from './account-row.ts';

interface FeatureScope {
  readonly asOf: Day;
  readonly reporting: string;
  /** Units of the reporting currency for one unit of each other currency. */
  readonly rates: Readonly<Record<string, number>>;
}

/**
 * One SELECT with one row per account: each usable source reduced in the engine and joined to
 * accounts. A source that cannot be used gives its features' empty values; its measures are
 * unknown all the same, because rules ask for the source's state first.
 */
export const featureQuery = (states: readonly SourceState[], scope: FeatureScope): string => {
  const usable = states.filter(({ id, sql }) => sql !== null && sourceOf(id).reduce);
  const reductions = usable.flatMap(({ id, sql, lastDay }) => {
    const { reduce, daysRead } = sourceOf(id);
    const end = daysRead !== undefined && lastDay !== null ? addDays(lastDay, 1) : scope.asOf;
    return [
      `holdfast_${id} AS (${sql})`,
      `reduced_${id} AS (${reduce?.(`holdfast_${id}`, reduceContext({ ...scope, asOf: end }))})`,
    ];
  });
  const present = new Set<string>(usable.map(({ id }) => id));
  const columns = features.map(({ source, name, type }) => {
    const value = present.has(source) ? `reduced_${source}.${name}` : 'NULL';
    return `${castFeature(value, type)} AS ${name}`;
  });
  const joins = usable
    .filter(({ id }) => id !== 'accounts')
    .map(
      ({ id }) =>
        `LEFT JOIN reduced_${id} ON reduced_${id}.account_id = reduced_accounts.account_id`,
    );
  return `WITH ${reductions.join(',\n')}
SELECT CAST(reduced_accounts.account_id AS VARCHAR) AS account_id,
  ${columns.join(',\n  ')}
FROM reduced_accounts
${joins.join('\n')}`;
};

function reduceContext({ asOf, reporting, rates }: FeatureScope): ReduceContext {
  return {
    asOf,
    daysAgo: (days) => sqlDay(addDays(asOf, -days)),
    rate: (column) => {
      const cases = Object.entries(rates)
        .filter(([currency]) => currency !== reporting)
        .map(([currency, rate]) => `WHEN ${sqlText(currency)} THEN ${sqlNumber(rate)}`);
      return cases.length === 0 ? '1E0' : `(CASE ${column} ${cases.join(' ')} ELSE 1E0 END)`;
    },
  };
}

/** The last projection is cast column by column: left alone, DuckDB's sums are HUGEINT. */
function castFeature(value: string, type: FeatureType): string {
  if (type === 'count' || type === 'cents') return `CAST(coalesce(${value}, 0) AS BIGINT)`;
  const sqlType = { number: 'DOUBLE', text: 'VARCHAR', day: 'DATE', flag: 'BOOLEAN' }[type];
  return `CAST(${value} AS ${sqlType})`;
}
