import { type Day, dayInZone } from '../../../shared/basics/day.ts';
import { describeProblem } from '../../../shared/basics/problem.ts';
import { plainText } from '../../../shared/basics/text.ts';
import type { Config } from '../../../shared/config/schema.ts';
import { answerableFrom } from '../../../shared/health/answerable.ts';
import { measures } from '../../../shared/health/measures/index.ts';
import { inspectSources } from '../../../shared/jobs/inspect-sources.ts';
import type { SourceState } from '../../../shared/sources/finding.ts';
import { problemOf } from '../../../shared/sources/require-sources.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { consoleProgress } from '../console-progress.ts';
import type { ExitCode } from '../main.ts';
import { openConfig } from '../open-config.ts';
import { openWarehouse } from '../open-warehouse.ts';
import { stopOnInterrupt } from '../stop-on-interrupt.ts';

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
  const interrupt = stopOnInterrupt();
  const warehouse = await openWarehouse(config, options.out, interrupt.signal);
  try {
    const checking = consoleProgress().step('Checking the sources');
    const states = await inspectSources({ config, asOf, warehouse });
    checking.done('looked at every row');
    print(config, options.config, asOf, states);
    const clean = states.every(
      ({ status, findings }) => findings.length === 0 && status !== 'stale',
    );
    return clean ? 0 : 1;
  } finally {
    await warehouse.close();
    interrupt.release();
  }
};

function print(config: Config, file: string, asOf: Day, states: readonly SourceState[]): void {
  console.log(`\n${config.company} · ${file} · as of ${asOf}\n`);
  console.log('  config             ok');
  for (const state of states) console.log(sourceLines(state).join('\n'));
  console.log(`\n${coverageLines(config, states).join('\n')}`);
  const broken = states.filter(({ status }) => status === 'broken').length;
  const findings = states.reduce((sum, state) => sum + state.findings.length, 0);
  console.log(`\n${verdict(broken, findings, states)}`);
}

function sourceLines(state: SourceState): string[] {
  const { id, status, rows, lastDay, reason, findings } = state;
  const news = lastDay === null ? '' : `, last day ${lastDay}`;
  const facts =
    status === 'absent' ? 'not configured' : `${rows.toLocaleString('en-US')} rows${news}`;
  return [
    `  ${id.padEnd(18)} ${MARKS[status].padEnd(7)} ${facts}`,
    ...(status === 'stale' ? [`      ${reason}`] : []),
    ...findings.map((finding) => {
      const mark = finding.severity === 'broken' ? 'BROKEN' : 'warning';
      return `      ${mark} ${finding.check}: ${plainText(describeProblem(problemOf(finding)), 900)}`;
    }),
  ];
}

function coverageLines(config: Config, states: readonly SourceState[]): string[] {
  const answerable = answerableFrom(states);
  const weighed = Object.values(config.model.dimensions).flatMap((dimension) =>
    Object.entries(dimension.measures).map(([id, { weight }]) => ({ id, weight })),
  );
  const silent = weighed.flatMap(({ id, weight }) => {
    const reason = answerable(measures[id as keyof typeof measures].needs);
    return reason === null || weight === 0 ? [] : [{ id, weight, reason }];
  });
  const lost = silent.reduce((sum, { weight }) => sum + weight, 0);
  const floor = config.model.minimum_coverage * 100;
  return [
    `  At most ${100 - lost} of 100 weight can be known; accounts below ${floor} stay unscored.`,
    ...silent.map(
      ({ id, weight, reason }) => `      ${id} (${weight}) unknown: ${plainText(reason, 300)}`,
    ),
  ];
}

function verdict(broken: number, findings: number, states: readonly SourceState[]): string {
  const stale = states.filter(({ status }) => status === 'stale').length;
  if (broken === 0 && findings === 0 && stale === 0) return 'Nothing to mend.';
  return `To mend: ${findings} findings, ${broken} broken and ${stale} stale sources.`;
}
