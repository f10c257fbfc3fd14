import { HoldfastError } from '../basics/problem.ts';
import { plainText, plural } from '../basics/text.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { type Counts, countRows } from './count-rows.ts';
import type { Counted } from './counted.ts';
import { examplesOf } from './examples.ts';
import type { Finding, SourceState } from './finding.ts';
import { freshness } from './freshness.ts';
import { type SourceId, sourceOf } from './index.ts';
import { normalisedSql, relationSql, resolveColumns, type SourceMapping } from './mapping.ts';
import { type CheckScope, plannedChecks } from './row-checks.ts';
import { mappingWarnings, shapeFindings } from './shape-checks.ts';
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
  const isTable = mapping.table !== undefined;
  const looked = await lookAtRows({ source, sql, isTable, resolved, scope, warehouse });
  const findings = [...looked.findings, ...mappingWarnings(source, mapping, resolved, scope)];
  const seen = { ...looked, findings };
  if (findings.some(({ severity }) => severity === 'broken')) {
    return { ...stateOf(id, 'broken', brokenReason(id, findings)), ...seen };
  }
  const limit = mapping.freshness_days ?? source.freshnessDays ?? null;
  return {
    ...stateOf(id, 'ready', ''),
    ...freshness(id, limit, looked.lastDay, scope.asOf),
    ...seen,
    mappedColumns: new Set(resolved.keys()),
    sql: `SELECT * FROM (${sql}) every_row WHERE known`,
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

/** Counts what offends; an engine that fails on a value while counting has found something too. */
async function lookAtRows(
  counted: Counted,
): Promise<Pick<SourceState, 'rows' | 'firstDay' | 'lastDay' | 'findings'>> {
  try {
    const counts = await countRows(counted);
    const { rows, firstDay, lastDay } = counts;
    return { rows, firstDay, lastDay, findings: await findingsOf(counted, counts) };
  } catch (error) {
    if (!(error instanceof HoldfastError) || error.kind !== 'query') throw error;
    const found = `rows that the engine cannot read (${error.problems[0]?.found ?? error.message})`;
    const refused: Finding = {
      ...WHOLE_SOURCE,
      source: counted.source.id,
      check: 'rows_refused',
      found,
      expected: 'a mapping that can read every row',
      fix: `Use TRY_CAST in sources.${counted.source.id}, or correct the rows.`,
    };
    return { rows: 0, firstDay: null, lastDay: null, findings: [refused] };
  }
}

async function findingsOf(counted: Counted, counts: Counts): Promise<Finding[]> {
  const { source, resolved, scope } = counted;
  if (counts.rows === 0 && !source.mayBeEmpty) return [emptyFinding(source)];
  const checks = plannedChecks(source, resolved, scope);
  const offended = [
    ...checks.map((check, index) => ({ check, rows: counts.byCheck[index] ?? 0 })),
    ...counts.relations,
  ].filter(({ rows }) => rows > 0);
  return Promise.all(
    offended.map(async ({ check, rows }) => {
      const whole = check.everyRow ? counts.everyRow : counts.rows;
      return {
        source: source.id,
        check: check.id,
        column: check.column,
        severity: check.severity,
        rows,
        share: rows / whole,
        examples: await examplesOf({ ...counted, check }),
        found: `${check.found} in ${plural(rows, 'row')} of ${whole.toLocaleString('en-US')}`,
        expected: check.expected,
        fix: check.fix,
      };
    }),
  );
}

const WHOLE_SOURCE = {
  column: null,
  severity: 'broken',
  rows: null,
  share: null,
  examples: [],
} as const;

const emptyFinding = ({ id, required }: Source): Finding => ({
  ...WHOLE_SOURCE,
  source: id,
  check: 'empty',
  rows: 0,
  found: 'no rows known by that day',
  expected: 'at least one row',
  fix: required
    ? 'Check what fills it, and that the day does not lie before all of it.'
    : `Check what fills it; if the company has no such data, take sources.${id} out of the config.`,
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
    firstDay: null,
    lastDay: null,
    freshnessDays: null,
    mappedColumns: new Set(),
    findings: [],
    sql: null,
  };
}
