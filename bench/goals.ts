import type { SizeResult, StageName } from './results.ts';

/**
 * The job against SQL that has the job's own checks before it, against SQL that is tested as dbt does it,
 * a query for each test, and against SQL that is not tested at all.
 */
export const ratiosOf = (stages: SizeResult['stages']) => {
  const [job, sql] = [stages['job, first day'], stages.sql];
  if (job === undefined || sql === undefined) return null;
  return {
    withChecks: job.seconds / sql.seconds,
    withTests: ratio(job.seconds, stages['sql, tested by dbt']?.seconds),
    withoutChecks: job.seconds / (sql.seconds - (sql.parts.checks ?? 0)),
  };
};

/** What the job is to reach, and what it has reached where that was measured. */
export const goalsOf = (results: readonly SizeResult[]): string[][] => {
  const stagesOf = (accounts: number) =>
    results.find((result) => result.accounts === accounts)?.stages ?? {};
  const job = (accounts: number) => stagesOf(accounts)['job, first day']?.seconds;
  const memory = (accounts: number, stage: StageName) => stagesOf(accounts)[stage]?.peakMib;
  const resident = (stage: StageName) => [
    goal(`1M: ${stage}`, 'at most 512 MiB', memory(1_000_000, stage), 512, mib),
    goal(
      `1M to 5M: ${stage}`,
      'at most 1.25 times the memory',
      ratio(memory(5_000_000, stage), memory(1_000_000, stage)),
      1.25,
      times,
    ),
  ];
  const revenue = results.find((result) => result.accounts === 1_000_000)?.revenue;
  const perAccount = ratio(job(1_000_000), job(100_000));
  const besideSql = ratiosOf(stagesOf(1_000_000));
  const noSlower = 'at most 1.0 times the time';
  return [
    goal('1M: whole job beside SQL tested by dbt', noSlower, besideSql?.withTests, 1, times),
    goal('1M: whole job beside SQL, same checks', noSlower, besideSql?.withChecks, 1, times),
    ...resident('lambda, first day'),
    ...resident('lambda, later day'),
    goal(
      '1M: rollup-revenue beside the same bridge in SQL',
      'at most 2.0 times the time',
      ratio(revenue?.job.seconds, revenue?.sql.seconds),
      2,
      times,
    ),
    goal('1M: rollup-revenue', 'at most 1536 MiB', revenue?.job.peakMib, 1536, mib),
    goal('100k to 1M: whole job', 'at most 10 times the time, and a tenth', perAccount, 11, times),
    goal('10k: whole job', 'under 3 s', job(10_000), 3, (seconds) => `${seconds.toFixed(1)} s`),
  ];
};

const ratio = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? undefined : one / other;

const mib = (amount: number): string => `${amount} MiB`;
const times = (factor: number): string => `${factor.toFixed(2)} times`;

function goal(
  what: string,
  limit: string,
  value: number | undefined,
  most: number,
  shown: (value: number) => string,
): string[] {
  if (value === undefined) return [what, limit, 'not measured', ''];
  return [what, limit, shown(value), value <= most ? 'met' : '**missed**'];
}
