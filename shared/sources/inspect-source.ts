import { type Day, daysBetween } from '../basics/day.ts';
import { HoldfastError } from '../basics/problem.ts';
import { plainText, plural } from '../basics/text.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { type Counts, countRows, examplesOf } from './count-rows.ts';
import type { Finding, SourceState } from './finding.ts';
import { type SourceId, sourceOf } from './index.ts';
import {
  normalisedSql,
  type ResolvedColumns,
  relationSql,
  resolveColumns,
  type SourceMapping,
} from './mapping.ts';
import { type CheckScope, plannedChecks } from './row-checks.ts';
import { shapeFindings } from './shape-checks.ts';
import type { Source } from './source.ts';

export interface InspectScope extends CheckScope {
  /** Share of rows whose account is unknown above which a source counts as broken. */
  readonly orphanShare: number;
  /** The known accounts as SQL, once they have been inspected. */
  readonly accountsSql: string | null;
}

/**
 * Looks at one source before anything is computed from it: does it exist, has it the columns,
 * do its rows keep the checks, is it fresh? Never throws for what is wrong with the data.
 */
export const inspectSource = async (
  id: SourceId,
  mapping: SourceMapping | undefined,
  scope: InspectScope,
  warehouse: Warehouse,
): Promise<SourceState> => {
  if (mapping === undefined) return stateOf(id, 'absent', `${id} is not configured`);

  const source = sourceOf(id);
  const relation = relationSql(mapping, scope.asOf);
  const columns = await relationColumns(id, relation, warehouse);
  if (!Array.isArray(columns)) return broken(id, [columns]);

  const resolved = resolveColumns(source, mapping, columns, scope.asOf);
  const misshapen = await shapeFindings({
    source,
    mapping,
    relation,
    resolved,
    columns,
    warehouse,
  });
  if (misshapen.length > 0) return broken(id, misshapen);

  const sql = normalisedSql(source, relation, resolved, scope.asOf);
  const counts = await countRows({ source, sql, resolved, scope, warehouse });
  const findings = await findingsOf(source, sql, resolved, counts, scope, warehouse);
  const seen = { rows: counts.rows, lastDay: counts.lastDay, findings };
  if (findings.some(({ severity }) => severity === 'broken')) {
    return { ...stateOf(id, 'broken', brokenReason(id, findings)), ...seen };
  }
  return {
    ...freshness(source, mapping, counts.lastDay, scope.asOf),
    ...seen,
    ...usable(resolved, sql),
  };
};

async function relationColumns(
  id: SourceId,
  relation: string,
  warehouse: Warehouse,
): Promise<string[] | Finding> {
  const sql = `SELECT * FROM (${relation}) relation LIMIT 0`;
  try {
    const { columns } = await warehouse.read({ name: `${id}-columns`, sql });
    return columns.map(({ name }) => name);
  } catch (error) {
    if (!(error instanceof HoldfastError) || error.kind !== 'query') throw error;
    return {
      ...WHOLE_SOURCE,
      source: id,
      check: 'relation_missing',
      found: `a relation that cannot be read (${error.problems[0]?.found ?? error.message})`,
      expected: 'a table, a view or a SELECT',
      fix: `Correct sources.${id}.table or .select, or grant access to it.`,
    };
  }
}

async function findingsOf(
  source: Source,
  sql: string,
  resolved: ResolvedColumns,
  counts: Counts,
  scope: InspectScope,
  warehouse: Warehouse,
): Promise<Finding[]> {
  if (counts.rows === 0) return [emptyFinding(source)];
  const checks = plannedChecks(source, resolved, scope);
  const offended = [
    ...checks.map((check, index) => ({ check, rows: counts.byCheck[index] ?? 0 })),
    ...counts.relations,
  ].filter(({ rows }) => rows > 0);
  return Promise.all(
    offended.map(async ({ check, rows }) => ({
      source: source.id,
      check: check.id,
      column: check.column,
      severity: check.severity,
      rows,
      share: rows / counts.rows,
      examples: await examplesOf({ source, sql, check, warehouse }),
      found: `${check.found} in ${plural(rows, 'row')} of ${counts.rows.toLocaleString('en-US')}`,
      expected: check.expected,
      fix: check.fix,
    })),
  );
}

const WHOLE_SOURCE = {
  column: null,
  severity: 'broken',
  rows: null,
  share: null,
  examples: [],
} as const;

const emptyFinding = ({ id }: Source): Finding => ({
  ...WHOLE_SOURCE,
  source: id,
  check: 'empty',
  rows: 0,
  found: 'no rows known by that day',
  expected: 'at least one row',
  fix: `Check what fills it; if the company has no such data, take sources.${id} out of the config.`,
});

function freshness(
  source: Source,
  mapping: SourceMapping,
  lastDay: Day | null,
  asOf: Day,
): SourceState {
  const id = source.id as SourceId;
  const limit = mapping.freshness_days ?? source.freshnessDays ?? null;
  // The last complete day is the one before as_of, so a source that has it is 0 days old.
  const age = lastDay === null ? null : daysBetween(lastDay, asOf) - 1;
  const stale = limit !== null && age !== null && age > limit;
  const reason = stale
    ? `${id} is stale: its last day is ${lastDay}, ${age} days before the last complete day, limit ${limit}`
    : '';
  return { ...stateOf(id, stale ? 'stale' : 'ready', reason), freshnessDays: limit };
}

const usable = (resolved: ResolvedColumns, sql: string) => ({
  mappedColumns: new Set(resolved.keys()),
  sql: `SELECT * FROM (${sql}) every_row WHERE known`,
});

const broken = (id: SourceId, findings: readonly Finding[]): SourceState => ({
  ...stateOf(id, 'broken', brokenReason(id, findings)),
  findings,
});

function brokenReason(id: SourceId, findings: readonly Finding[]): string {
  const first = findings.find(({ severity }) => severity === 'broken');
  return `${id} is broken: ${first?.column ? `${first.column} has ` : ''}${plainText(first?.found ?? '', 200)}`;
}

function stateOf(id: SourceId, status: SourceState['status'], reason: string): SourceState {
  return {
    id,
    status,
    reason,
    rows: 0,
    lastDay: null,
    freshnessDays: null,
    mappedColumns: new Set(),
    findings: [],
    sql: null,
  };
}
