import type { Day } from '../basics/day.ts';
import { HoldfastError } from '../basics/problem.ts';
import { plural } from '../basics/text.ts';
import type { Config } from '../config/schema.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import type { Finding, SourceState } from '../sources/finding.ts';
import { type SourceId, sourceIds } from '../sources/index.ts';
import { inspectSource } from '../sources/inspect-source.ts';
import { withAsOf } from '../sources/mapping.ts';

interface Inspection {
  readonly config: Config;
  readonly asOf: Day;
  readonly warehouse: Warehouse;
  /** The sources that are looked at, accounts always among them; left out: all of them. */
  readonly only?: readonly SourceId[];
}

/** The state of every source, in the order of the registry; what `doctor` and every run begin with. */
export const inspectSources = async ({
  config,
  asOf,
  warehouse,
  only = sourceIds,
}: Inspection): Promise<SourceState[]> => {
  const scope = {
    asOf,
    currencies: [config.currency.reporting, ...Object.keys(config.currency.rates)],
    configured: { 'accounts.segment': config.segments.flatMap(({ values }) => values) },
    orphanShare: config.data_quality.orphan_share,
  };
  const accounts = await inspectSource(
    'accounts',
    config.sources.accounts,
    { ...scope, accountsSql: null },
    warehouse,
  );
  const others = await Promise.all(
    sourceIds
      .filter((id) => id !== 'accounts' && only.includes(id))
      .map((id) =>
        inspectSource(id, config.sources[id], { ...scope, accountsSql: accounts.sql }, warehouse),
      ),
  );
  const own = await Promise.all(
    config.data_quality.checks
      .filter(({ source }) => only.includes(source))
      .map((check) => ownFinding(check, asOf, warehouse)),
  );
  const found = own.filter((finding) => finding !== null);
  return [accounts, ...others].map((state) => withFindings(state, found));
};

type OwnCheck = Config['data_quality']['checks'][number];

/** A check from the config: any row its SELECT gives is a finding. */
async function ownFinding(
  check: OwnCheck,
  asOf: Day,
  warehouse: Warehouse,
): Promise<Finding | null> {
  const offending = withAsOf(check.offending, asOf);
  const name = `check-${check.id}`;
  const about = {
    source: check.source,
    check: check.id,
    column: null,
    share: null,
    expected: check.expected,
    fix: check.fix,
  };
  try {
    const counted = await warehouse.read({
      name,
      sql: `SELECT CAST(count(*) AS BIGINT) AS row_count FROM (${offending}) offending`,
    });
    const rows = Number(counted.rows[0]?.row_count ?? 0);
    if (rows === 0) return null;
    const shown = await warehouse.read({
      name: `${name}-examples`,
      sql: `SELECT * FROM (${offending}) offending ORDER BY 1 LIMIT 3`,
    });
    const first = shown.columns[0]?.name ?? '';
    const examples = shown.rows.map((row) => String(row[first]));
    return {
      ...about,
      severity: check.severity,
      rows,
      examples,
      found: plural(rows, 'offending row'),
    };
  } catch (error) {
    if (!(error instanceof HoldfastError) || error.kind !== 'query') throw error;
    const found = `a check the engine refuses (${error.problems[0]?.found ?? error.message})`;
    return { ...about, severity: check.severity, rows: null, examples: [], found };
  }
}

function withFindings(state: SourceState, own: readonly Finding[]): SourceState {
  const mine = own.filter(({ source }) => source === state.id);
  if (mine.length === 0) return state;
  const findings = [...state.findings, ...mine];
  const breaking = mine.find(({ severity }) => severity === 'broken');
  if (breaking === undefined || state.sql === null) return { ...state, findings };
  const reason = `${state.id} is broken: ${breaking.check} has ${breaking.found}`;
  return { ...state, status: 'broken', reason, sql: null, findings };
}
