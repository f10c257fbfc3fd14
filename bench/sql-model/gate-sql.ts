import type { MeasureId } from '../../shared/config/default-model.ts';
import type { Config } from '../../shared/config/schema.ts';
import type { Answerable } from '../../shared/health/answerable.ts';
import { gates } from '../../shared/health/gates/index.ts';
import { sqlNumber, sqlText } from '../../shared/sources/sql.ts';

interface SqlGate {
  readonly cap: 'yellow' | 'red';
  readonly closes: string;
  readonly reason: string;
}

/** The cap of an account and why, as two expressions; of several the lowest, then the first. */
export const gateSql = ({ model }: Config, answerable: Answerable, asked: readonly MeasureId[]) => {
  const policy = model.gates;
  const pointsOf = (id: MeasureId) => (asked.includes(id) ? `p_${id}` : 'CAST(NULL AS DOUBLE)');
  const all: Readonly<Record<string, SqlGate | null>> = {
    notice_given: policy.notice_given ? noticeGiven : null,
    critical_ticket: criticalTicket(policy.critical_ticket_days),
    sponsor_gone: policy.sponsor_gone ? sponsorGone : null,
    usage_trap: usageTrap(policy, pointsOf),
  };
  const askable = gates
    .filter(({ needs }) => answerable(needs) === null)
    .map(({ id }) => all[id])
    .filter((gate) => gate != null);
  const ordered = [...askable].sort((a, b) => Number(b.cap === 'red') - Number(a.cap === 'red'));
  const unknown = gates.flatMap(({ id, needs }) => {
    const reason = answerable(needs);
    return reason === null ? [] : [`${id}: ${reason}`];
  });
  const cased = (value: (gate: SqlGate) => string) =>
    ordered.length === 0
      ? 'CAST(NULL AS VARCHAR)'
      : `CASE ${ordered.map((gate) => `WHEN ${gate.closes} THEN ${value(gate)}`).join('\n      ')} END`;
  return {
    cap: cased(({ cap }) => sqlText(cap)),
    reason: cased(({ reason }) => reason),
    unknown: unknown.length === 0 ? 'CAST(NULL AS VARCHAR)' : sqlText(unknown.join('; ')),
  };
};

const noticeGiven: SqlGate = {
  cap: 'red',
  closes: 'arr_cents <> 0 AND arr_under_notice_cents >= arr_cents',
  reason: `'notice given on all ARR'`,
};

const criticalTicket = (mostDays: number | null): SqlGate | null =>
  mostDays === null
    ? null
    : {
        cap: 'yellow',
        closes: `as_of_day - oldest_critical_opened_on > ${mostDays}`,
        reason: `'critical ticket open for ' || (as_of_day - oldest_critical_opened_on) || ' days'`,
      };

const sponsorGone: SqlGate = {
  cap: 'yellow',
  closes: 'sponsors_active = 0 AND sponsor_left_on IS NOT NULL',
  reason: `'executive sponsor left on ' || sponsor_left_on || ' and none is in place'`,
};

function usageTrap(
  policy: Config['model']['gates'],
  pointsOf: (id: MeasureId) => string,
): SqlGate | null {
  const { usage_trap_points: points, usage_trap_outcomes: outcomes } = policy;
  if (points === null) return null;
  const [trend, seats] = [pointsOf('usage_trend'), pointsOf('seat_use')];
  const use = `coalesce((${trend} + ${seats}) / 2, ${trend}, ${seats})`;
  return {
    cap: 'yellow',
    closes: `stage <> 'onboarding' AND ${use} >= ${sqlNumber(points)}
      AND coalesce(outcome_progress < ${sqlNumber(outcomes)}, expects_outcomes)`,
    reason: `'high use (' || CAST(floor(${use}) AS BIGINT) || ' of 100 points), '
      || CASE WHEN outcome_progress IS NULL THEN 'and no outcome is measured'
        ELSE 'outcomes at ' || CAST(floor(outcome_progress * 100) AS BIGINT) || ' % of target' END`,
  };
}
