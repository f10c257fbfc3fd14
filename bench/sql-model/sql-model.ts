import { addDays, type Day } from '../../shared/basics/day.ts';
import type { Config } from '../../shared/config/schema.ts';
import { featureQuery } from '../../shared/features/feature-query.ts';
import { answerableFrom } from '../../shared/health/answerable.ts';
import { ceilingOf } from '../../shared/health/band.ts';
import type { SourceState } from '../../shared/sources/finding.ts';
import { sqlDay, sqlList, sqlNumber, sqlText } from '../../shared/sources/sql.ts';
import { type AskedMeasure, askedMeasures, modelRows, placedModels } from './asked-measures.ts';
import { gateSql } from './gate-sql.ts';
import { accountHealthSql, receiptsSql } from './published-sql.ts';

interface Scope {
  /** The rates of the day. */
  readonly currency: Pick<Config['currency'], 'reporting' | 'rates'>;
  readonly config: Config;
  readonly states: readonly SourceState[];
  readonly asOf: Day;
}

/**
 * The health model as a team would write it wholly in SQL: the same features, then one table of
 * accounts judged, and from it account_health and health_receipts. Made of the same config, so that
 * what is compared is who does the work and not what work is done.
 */
export const sqlModel = ({ config, states, asOf, currency }: Scope) => {
  const answerable = answerableFrom(states);
  const models = placedModels(config);
  const asked = askedMeasures(models, answerable);
  const gates = gateSql(
    config,
    answerable,
    asked.map(({ id }) => id),
  );
  const steps = [
    `placed AS (${placed(config, asOf)})`,
    `observed AS (${observed(asked)})`,
    `rated AS (${rated(asked)})`,
    `pointed AS (${pointed(asked)})`,
    `summed AS (${summed(asked)})`,
    `averaged AS (${averaged(config)})`,
    `capped AS (SELECT *, ${gates.cap} AS cap, ${gates.reason} AS cap_reason FROM averaged)`,
    `scored AS (${scored(config)})`,
    `driven AS (${driven(asked)})`,
    `shared AS (${sharedOut(asked)})`,
  ].join(',\n');
  return {
    features: `CREATE TABLE features AS\n${featureQuery(states, { asOf, ...currency })}`,
    models: `CREATE TABLE models AS ${modelRows(models, asked)}`,
    judged: `CREATE TABLE judged AS WITH ${steps} SELECT * FROM shared ORDER BY account_id`,
    accountHealth: accountHealthSql(config, asked, gates.unknown),
    receipts: receiptsSql(asked),
  };
};

const sum = (terms: readonly string[]): string => terms.join(' + ');

/** Segment, motion and stage of each account, and what several measures ask for. */
function placed({ segments, motions, model }: Config, asOf: Day): string {
  const named = segments
    .filter(({ values }) => values.length > 0)
    .map(({ id, values }) => `WHEN segment_name IN (${sqlList(values)}) THEN ${sqlText(id)}`);
  const byArr = segments.map(
    ({ id, arr_at_least }) => `WHEN arr_cents >= ${arr_at_least * 100} THEN ${sqlText(id)}`,
  );
  const motionCases = motions
    .filter(({ values }) => values.length > 0)
    .map(({ id, values }) => `WHEN motion_name IN (${sqlList(values)}) THEN ${sqlText(id)}`);
  const ofSegment = segments.map(({ id, motion }) => `WHEN ${sqlText(id)} THEN ${sqlText(motion)}`);
  const { onboarding_days, renewing_days } = model.stages;
  const week = (number: number) => `sessions_week_${number}`;
  return `
  SELECT *,
    CASE segment ${ofSegment.join(' ')} END AS motion_of_segment,
    (${sum([1, 2, 3, 4].map(week))}) / 4E0 AS usage_recent,
    list_median([${[5, 6, 7, 8, 9, 10, 11, 12].map(week).join(', ')}][1:least(12, tenure // 7) - 4])
      AS usage_usual,
    user_days_28d / 28E0 AS users_recent,
    user_days_prior_56d / CAST(least(56, tenure - 28) AS DOUBLE) AS users_usual
  FROM (
    SELECT *,
      CASE ${[...named, ...byArr].join(' ')} ELSE ${sqlText(segments.at(-1)?.id ?? '')} END AS segment,
      CASE ${motionCases.join(' ')} END AS own_motion,
      CASE WHEN customer_since > ${sqlDay(addDays(asOf, -onboarding_days))} THEN 'onboarding'
        WHEN next_decision_on <= ${sqlDay(addDays(asOf, renewing_days))} THEN 'renewing'
        ELSE 'adopting' END AS stage,
      coalesce(${sqlDay(asOf)} - customer_since, 0) AS tenure,
      ${sqlDay(asOf)} AS as_of_day
    FROM features
  ) located`;
}

const observed = (asked: readonly AskedMeasure[]): string => `
  SELECT placed.*, models.* EXCLUDE (segment, stage),
    ${asked.map(({ id, value }) => `CASE WHEN w_${id} > 0 THEN ${value} END AS o_${id}`).join(',\n    ')}
  FROM placed JOIN models USING (segment, stage)`;

const rated = (asked: readonly AskedMeasure[]): string => `
  SELECT * EXCLUDE (${asked.map(({ id }) => `o_${id}`).join(', ')}),
    ${asked.map(({ id }) => `rounded(o_${id}, 1E4) AS v_${id}`).join(',\n    ')}
  FROM observed`;

const pointed = (asked: readonly AskedMeasure[]): string => `
  SELECT * EXCLUDE (${asked.map(({ id }) => `c_${id}`).join(', ')}),
    ${asked.map(({ id }) => `rounded(c_${id}, 1E1) AS p_${id}`).join(',\n    ')}
  FROM (SELECT *, ${asked.map(({ id, points }) => `${points} AS c_${id}`).join(',\n    ')} FROM rated) curved`;

/** In the order of the model, because sums of DOUBLE depend on it in the last digit. */
const summed = (asked: readonly AskedMeasure[]): string => `
  SELECT *,
    ${sum(asked.map(({ id }) => `CASE WHEN p_${id} IS NULL THEN 0E0 ELSE w_${id} END`))} AS known,
    ${sum(asked.map(({ id }) => `coalesce(w_${id} * p_${id}, 0E0)`))} AS weighted
  FROM pointed`;

const averaged = ({ model }: Config): string => `
  SELECT *,
    CASE WHEN arr_cents = 0 AND live_lines = 0 THEN 'no live contract'
      WHEN known = 0 OR coverage < ${sqlNumber(model.minimum_coverage)}
        THEN 'coverage ' || floor(coverage * 1000) / 10 || ' % is below ${model.minimum_coverage * 100} %'
      END AS unscored_because,
    CASE WHEN unscored_because IS NULL THEN rounded(weighted / known, 1E1) END AS mean
  FROM (SELECT *, rounded(known / whole_weight, 1E4) AS coverage FROM summed) covered`;

function scored({ model }: Config): string {
  const { green, yellow } = model.bands;
  const ceiling = (band: 'yellow' | 'red') =>
    `WHEN ${sqlText(band)} THEN ${sqlNumber(ceilingOf(band, model.bands))}`;
  return `
  SELECT *, coalesce(rounded(score - mean, 1E1), 0E0) AS gate_effect,
    CASE WHEN score IS NULL THEN 'unscored' WHEN score >= ${sqlNumber(green)} THEN 'green'
      WHEN score >= ${sqlNumber(yellow)} THEN 'yellow' ELSE 'red' END AS scored_band
  FROM (SELECT *, CASE WHEN mean IS NOT NULL
      THEN least(mean, CASE cap ${ceiling('yellow')} ${ceiling('red')} END) END AS score
    FROM capped) limited`;
}

/** What each measure costs; of those that cost the most, the one that comes first in the model. */
function driven(asked: readonly AskedMeasure[]): string {
  const lost = asked.map(
    ({ id }) => `rounded(w_${id} * (100E0 - p_${id}) / known, 1E1) AS l_${id}`,
  );
  const first = asked.map(({ id }) => `WHEN l_${id} = most_lost THEN ${sqlText(id)}`);
  return `
  SELECT * EXCLUDE (${asked.map(({ id }) => `l_${id}`).join(', ')}),
    CASE WHEN score IS NOT NULL AND most_lost > 0 THEN CASE ${first.join(' ')} END END AS top_driver
  FROM (SELECT *, greatest(${asked.map(({ id }) => `l_${id}`).join(', ')}) AS most_lost
    FROM (SELECT *, ${lost.join(',\n    ')} FROM scored) lost) ranked`;
}

/**
 * Tenths of a point for each line by largest remainder, so that they sum to the mean: whole tenths
 * first, and one more for as many as are missing, of equal remainders the earlier in the model.
 */
function sharedOut(asked: readonly AskedMeasure[]): string {
  const exact = asked.map(
    ({ id }) =>
      `CASE WHEN mean IS NOT NULL THEN coalesce(10 * w_${id} * p_${id} / known, 0E0) END AS e_${id}`,
  );
  const whole = asked.map(({ id }) => `floor(e_${id})`);
  const remainders = asked.map(({ id }, index) => ({ id, sql: remainder(id, index) }));
  const tenths = remainders.map(
    ({ id, sql }) =>
      `(floor(e_${id}) + CASE WHEN ${sql} >= least_raised THEN 1 ELSE 0 END) / 10 AS t_${id}`,
  );
  return `
  SELECT * EXCLUDE (${asked.map(({ id }) => `e_${id}`).join(', ')}, least_raised),
    ${tenths.join(',\n    ')}
  FROM (SELECT *,
      list_reverse_sort([${remainders.map(({ sql }) => sql).join(', ')}])[CAST(round(mean * 10) - (${sum(whole)}) AS BIGINT)]
        AS least_raised
    FROM (SELECT *, ${exact.join(',\n      ')} FROM driven) exact) ordered`;
}

const remainder = (id: string, index: number): string =>
  `{part: e_${id} - floor(e_${id}), place: ${-index}}`;
