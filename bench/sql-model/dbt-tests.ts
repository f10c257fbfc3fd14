import { addDays, type Day } from '../../shared/basics/day.ts';
import type { Config } from '../../shared/config/schema.ts';
import type { Query } from '../../shared/ports/warehouse.ts';
import type { SourceState } from '../../shared/sources/finding.ts';
import { sourceOf } from '../../shared/sources/index.ts';
import { plannedChecks } from '../../shared/sources/row-checks.ts';
import type { Source } from '../../shared/sources/source.ts';
import { sqlDay, sqlName } from '../../shared/sources/sql.ts';

interface Tested {
  readonly source: Source;
  /** The rows of its staging model. */
  readonly rows: string;
  readonly columns: ReadonlySet<string>;
  readonly accounts: string;
  readonly asOf: Day;
  readonly lastDay: Day | null;
}

/**
 * What the job checks, as `dbt build` runs tests: a query for each of them over the staging model of
 * its source. not_null, accepted_values and accepted_range look at rows; a unique combination of columns
 * and relationships between them. A daily feed is tested for the days that are read, as in the job.
 */
export const dbtTests = (
  states: readonly SourceState[],
  { config, asOf }: { readonly config: Config; readonly asOf: Day },
): Query[] => {
  const accounts = states.find(({ id }) => id === 'accounts')?.sql ?? '';
  const scope = {
    asOf,
    currencies: [config.currency.reporting, ...Object.keys(config.currency.rates)],
    configured: { 'accounts.segment': config.segments.flatMap(({ values }) => values) },
  };
  return states.flatMap(({ id, sql, mappedColumns, lastDay }) => {
    if (sql === null) return [];
    const source: Source = sourceOf(id);
    const tested = { source, rows: `(${sql})`, columns: mappedColumns, accounts, asOf, lastDay };
    const resolved = new Map([...mappedColumns].map((name) => [name, name]));
    const ofRows = plannedChecks(source, resolved, scope).map(({ id: check, column, offends }) =>
      failures({ id, column, check }, `SELECT * FROM (${sql}) model WHERE ${offends}`),
    );
    return [...ofRows, ...betweenRows(tested), ...singular(tested)];
  });
};

const failures = (
  { id, column, check }: { id: string; column: string; check: string },
  select: string,
): Query => ({
  // As the job names what it finds.
  name: `${id}-${column}-${check}`,
  sql: `SELECT count(*) AS failures FROM (${select}) failing`,
});

function betweenRows({ source, rows, columns, accounts, lastDay }: Tested): Query[] {
  const { id, key, daysRead } = source;
  const isDaily = daysRead !== undefined && lastDay !== null;
  const read = isDaily ? `AND day >= ${sqlDay(addDays(lastDay, 1 - daysRead))}` : '';
  const all = key.map(sqlName).join(', ');
  const present = key
    .filter((name) => source.columns[name]?.required)
    .map((name) => `${sqlName(name)} IS NOT NULL`);
  const unique = `SELECT ${all} FROM ${rows} model WHERE ${present.join(' AND ')} ${read}
    GROUP BY ${all} HAVING count(*) > 1`;
  const refers = Object.keys(source.columns).filter(
    (name) => source.columns[name]?.refersTo && columns.has(name),
  );
  return [
    failures({ id, column: key.join(', '), check: 'duplicate_key' }, unique),
    ...refers.map((name) =>
      failures(
        { id, column: name, check: 'orphan' },
        `SELECT child.${name} FROM (SELECT ${name} FROM ${rows} model WHERE ${name} IS NOT NULL) child
         LEFT JOIN (SELECT account_id FROM (${accounts}) model) parent
           ON child.${name} = parent.account_id
         WHERE parent.account_id IS NULL`,
      ),
    ),
  ];
}

/** Tests that are queries of their own: those of the job, with the cheaper look where there is one. */
const singular = ({ source, rows, columns, asOf }: Tested): Query[] =>
  (source.relations ?? [])
    .filter(({ column }) => columns.has(column))
    .map(({ id, column, offenders, suspects = offenders }) =>
      failures({ id: source.id, column, check: id }, suspects(rows, sqlDay(asOf))),
    );
