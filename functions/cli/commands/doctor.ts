import { type Day, dayInZone } from '../../../shared/basics/day.ts';
import { describeProblem } from '../../../shared/basics/problem.ts';
import { roundTo } from '../../../shared/basics/ratio.ts';
import { plainText, plural } from '../../../shared/basics/text.ts';
import { stages } from '../../../shared/config/model.ts';
import type { Config } from '../../../shared/config/schema.ts';
import { answerableFrom, type Need } from '../../../shared/health/answerable.ts';
import { gates } from '../../../shared/health/gates/index.ts';
import { measures } from '../../../shared/health/measures/index.ts';
import { resolveModels } from '../../../shared/health/resolved-model.ts';
import { inspectSources } from '../../../shared/jobs/inspect-sources.ts';
import { ownerDomains } from '../../../shared/jobs/owner-domains.ts';
import { type RateGap, rateGaps } from '../../../shared/jobs/quoted-rates.ts';
import { unreachable } from '../../../shared/outbox/unreachable.ts';
import { calendarOf } from '../../../shared/revenue/calendar.ts';
import { missingQuotes } from '../../../shared/revenue/rates.ts';
import { flags } from '../../../shared/risk/flags/index.ts';
import type { Finding, SourceState } from '../../../shared/sources/finding.ts';
import { sourceIds } from '../../../shared/sources/index.ts';
import { problemOf } from '../../../shared/sources/require-sources.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { consoleProgress } from '../console-progress.ts';
import type { ExitCode } from '../main.ts';
import { openConfig } from '../open-config.ts';
import { openWarehouse } from '../open-warehouse.ts';

const NAME_WIDTH = Math.max(...sourceIds.map((id) => id.length));

interface DoctorOptions {
  readonly config: string;
  readonly asOf?: Day;
  readonly out?: string;
}

const MARKS: Readonly<Record<SourceState['status'], string>> = {
  ready: 'ok',
  stale: 'stale',
  broken: 'BROKEN',
  absent: '–',
};

/** Tells what is wrong before a deploy or a run does; exit code 1 when there is anything to mend. */
export const doctor = async (options: DoctorOptions): Promise<ExitCode> => {
  const config = await openConfig(options.config);
  const asOf = options.asOf ?? dayInZone(systemClock.now(), config.time_zone);
  const warehouse = await openWarehouse(config, options.out);
  try {
    const checking = consoleProgress().step('Checking the sources');
    const inspected = await inspectSources({ config, asOf, warehouse });
    const gaps = await rateGaps(warehouse, inspected, calendarOf(asOf));
    const states = withRateGaps(inspected, gaps, config.currency);
    const owners = await ownerDomains(warehouse, states);
    checking.done('looked at every row');
    return print(config, { file: options.config, asOf, states, owners });
  } finally {
    await warehouse.close();
  }
};

/** Rates that a revenue run would stop for, as findings in fx_rates. */
function withRateGaps(
  states: readonly SourceState[],
  gaps: readonly RateGap[],
  { reporting }: Config['currency'],
): SourceState[] {
  const told = gaps.filter(({ currency }) => currency !== reporting);
  const found = told.map(({ currency, days, needed }): Finding => {
    const { found, ...advice } = missingQuotes(currency, days);
    return {
      ...{ source: 'fx_rates', check: 'rate_gaps', column: null, severity: 'warning' },
      ...{ rows: null, share: null, examples: [], ...advice },
      found: `${found} (${days.length} of ${plural(needed, 'day')} that a revenue run looks at)`,
    };
  });
  return states.map((state) =>
    state.id === 'fx_rates' ? { ...state, findings: [...state.findings, ...found] } : state,
  );
}

interface Looked {
  readonly file: string;
  readonly asOf: Day;
  readonly states: readonly SourceState[];
  /** An owner of accounts from each domain there is. */
  readonly owners: readonly string[];
}

function print(config: Config, { file, asOf, states, owners }: Looked): ExitCode {
  console.log(`\n${config.company} · ${file} · as of ${asOf}\n`);
  const { recipients } = config.reports.weekly_summary;
  const unreached = unreachable(config.mail, {
    'reports.weekly_summary.recipients': recipients.map(({ address }) => address),
    'accounts.owner_email': owners,
  });
  console.log(`  ${'config'.padEnd(NAME_WIDTH)} ok`);
  for (const problem of unreached) {
    console.log(`      warning mail: ${plainText(describeProblem(problem), 900)}`);
  }
  for (const state of states) console.log(sourceLines(state).join('\n'));
  const reach = reachOf(config, states);
  console.log(`\n${reachLines(reach).join('\n')}`);
  const broken = states.filter(({ status }) => status === 'broken').length;
  const stale = states.filter(({ status }) => status === 'stale').length;
  const ofSources = states.reduce((sum, state) => sum + state.findings.length, 0);
  const findings = ofSources + unreached.length;
  const blind = reach.attainable.every(({ weight }) => weight < reach.needed);
  const isClean = broken + stale + findings === 0;
  if (isClean && !blind) {
    console.log('\nNothing to mend.');
    return 0;
  }
  const nobody = blind
    ? ' Nobody can be scored: map more sources, or give weight 0 to what you do not record (model.variants).'
    : '';
  console.log(
    `\nTo mend: ${plural(findings, 'finding')}, ${broken} broken and ${plural(stale, 'stale source')}.${nobody}`,
  );
  return isClean ? 0 : 1;
}

function sourceLines(state: SourceState): string[] {
  const { id, status, rows, lastDay, reason, findings } = state;
  const news = lastDay === null ? '' : `, last day ${lastDay}`;
  const facts =
    status === 'absent' ? 'not configured' : `${rows.toLocaleString('en-US')} rows${news}`;
  return [
    `  ${id.padEnd(NAME_WIDTH)} ${MARKS[status].padEnd(7)} ${facts}`,
    ...(status === 'stale' ? [`      ${reason}`] : []),
    ...findings.map((finding) => {
      const mark = finding.severity === 'broken' ? 'BROKEN' : 'warning';
      return `      ${mark} ${finding.check}: ${plainText(describeProblem(problemOf(finding)), 900)}`;
    }),
  ];
}

interface Reach {
  /** Most weight that can be known of the accounts of each segment and stage, out of 100. */
  readonly attainable: readonly { readonly place: string; readonly weight: number }[];
  /** The least that scoring an account takes. */
  readonly needed: number;
  readonly silent: readonly { readonly id: string; readonly reason: string }[];
}

/** How much of health and risk the sources as they stand can tell. */
function reachOf({ model, segments }: Config, states: readonly SourceState[]): Reach {
  const answerable = answerableFrom(states);
  const ids = segments.map(({ id }) => id);
  const models = resolveModels(model, ids);
  const attainable = ids.flatMap((segment) =>
    stages.map((stage) => {
      const known = models(segment, stage).filter(({ id }) => !answerable(measures[id].needs));
      const weight = known.reduce((sum, measure) => sum + measure.weight, 0);
      return { place: `${segment} ${stage}`, weight: roundTo(weight, 1) };
    }),
  );
  const unasked = (kind: string, rules: readonly { id: string; needs: readonly Need[] }[]) =>
    rules.flatMap(({ id, needs }) => {
      const reason = answerable(needs);
      return reason === null ? [] : [{ id: `${kind} ${id}`, reason }];
    });
  return {
    attainable: attainable.sort((a, b) => b.weight - a.weight),
    needed: roundTo(model.minimum_coverage * 100, 1),
    silent: [
      ...unasked('measure', Object.values(measures)),
      ...unasked('gate', gates),
      ...unasked('flag', flags),
    ],
  };
}

function reachLines({ attainable, needed, silent }: Reach): string[] {
  const [most, least] = [attainable[0], attainable.at(-1)];
  return [
    `  Of 100 weight, ${most?.weight} (${most?.place}) to ${least?.weight} (${least?.place}) can be known; accounts below ${needed} stay unscored.`,
    ...silent.map(({ id, reason }) => `      ${id} unknown: ${plainText(reason, 300)}`),
  ];
}
