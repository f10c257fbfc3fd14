import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountId, accountStories } from '../../../functions/cli/sample-company/account-story.ts';
import { silentSource, stories } from '../../../functions/cli/sample-company/stories.ts';
import { writeSampleCompany } from '../../../functions/cli/sample-company/write-sample-company.ts';
import { sampleConfig } from '../../../functions/cli/sample-config.ts';
import { dayToEpoch, toDay } from '../../../shared/basics/day.ts';

const asOf = toDay('2026-11-22');

/** Every table and what may stand in it only once, as in docs/configuration.md. */
const keys: Record<string, string> = {
  accounts: 'account_id',
  advocacy: 'account_id, kind, "at"',
  contacts: 'contact_id',
  contracts: 'contract_id',
  enablement: 'account_id, course, completed_on, role',
  entitlements: 'account_id, metric',
  feature_usage: 'account_id, day, feature',
  fx_rates: 'currency, day',
  interviews: 'account_id',
  invoices: 'invoice_id',
  onboarding_milestones: 'account_id, milestone',
  opportunities: 'opportunity_id',
  overrides: 'account_id',
  plays: 'play_id',
  releases: 'release_id, account_id',
  renewal_steps: 'account_id, step, contract_id',
  signals: 'account_id, kind, "at"',
  success_plans: 'objective_id',
  support_tickets: 'ticket_id',
  survey_responses: 'response_id',
  team: 'email',
  touchpoints: 'touchpoint_id',
  usage_daily: 'account_id, day',
};
const tables = Object.keys(keys);
const ofAccounts = tables.filter((table) => !['accounts', 'team', 'fx_rates'].includes(table));
let root: string;
let connection: DuckDBConnection;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sample-company-'));
  await writeSampleCompany({ folder: join(root, 'one'), accounts: 120, asOf, seed: 1 });
  connection = await (await DuckDBInstance.create()).connect();
  for (const table of tables) {
    const file = join(root, 'one', `${table}.parquet`);
    await connection.run(`CREATE VIEW ${table} AS SELECT * FROM '${file}'`);
  }
});

afterAll(async () => {
  connection.closeSync();
  await rm(root, { recursive: true });
});

const digests = async (folder: string): Promise<string[]> => {
  const files = (await readdir(folder)).sort();
  const contents = await Promise.all(files.map((file) => readFile(join(folder, file))));
  return files.map((file, place) => {
    const bytes = contents[place] as Buffer;
    return `${file} ${createHash('sha256').update(bytes).digest('hex')}`;
  });
};

const ask = async (sql: string): Promise<unknown[][]> =>
  (await connection.runAndReadAll(sql)).getRowsJson();

test('the same arguments give the same bytes, another seed another company', async () => {
  const [again, other] = [join(root, 'again'), join(root, 'other')];
  await writeSampleCompany({ folder: again, accounts: 120, asOf, seed: 1 });
  await writeSampleCompany({ folder: other, accounts: 120, asOf, seed: 2 });
  const first = await digests(join(root, 'one'));
  expect(first.map((line) => line.split('.')[0])).toEqual(tables);
  expect(await digests(again)).toEqual(first);
  expect(await digests(other)).not.toEqual(first);
});

test('an account is the same however many there are', async () => {
  const few = join(root, 'few');
  await writeSampleCompany({ folder: few, accounts: 40, asOf, seed: 1 });
  for (const table of tables) {
    const [left] = await ask(`
      SELECT count(*) FROM (
        SELECT * FROM '${few}/${table}.parquet'
        EXCEPT SELECT * FROM ${table})`);
    expect(left, table).toEqual(['0']);
  }
});

test('a story is one of its index, seed and day alone', () => {
  const story = () => accountStories({ seed: 1, asOf: dayToEpoch(asOf) })(16);
  expect(JSON.stringify(story())).toEqual(JSON.stringify(story()));
});

const columns: [string, string][] = [
  [
    'accounts',
    'account_id name parent_account_id segment region industry owner_email owner_name ' +
      'manager_email ae_email strategic motion currency created_on entitled_seats',
  ],
  [
    'contracts',
    'contract_id account_id start_date end_date arr total_value currency product seats ' +
      'term_months auto_renew notice_days signed_on cancelled_on cancel_recorded_on renewed_by ' +
      'discount_pct uplift_pct exit_clause',
  ],
  ['usage_daily', 'account_id day active_users sessions key_events features_used teams_active'],
  [
    'support_tickets',
    'ticket_id account_id opened_at closed_at severity theme first_response_at response_due_at ' +
      'csat escalated',
  ],
  [
    'survey_responses',
    'response_id account_id kind score responded_at contact_id theme closed_loop_at',
  ],
  ['feature_usage', 'account_id day feature events'],
  ['entitlements', 'account_id metric committed used period_start period_end counts'],
  ['invoices', 'invoice_id account_id due_on amount currency paid_on'],
  ['contacts', 'contact_id account_id role active_from active_to'],
  ['touchpoints', 'touchpoint_id account_id kind at attendee_role'],
  ['onboarding_milestones', 'account_id milestone due_on completed_on'],
  ['success_plans', 'objective_id account_id outcome target actual unit due_on status reviewed_on'],
  [
    'opportunities',
    'opportunity_id account_id kind stage amount currency close_on outcome reason contract_id ' +
      'probability stage_since next_step next_step_on forecast_category',
  ],
  ['renewal_steps', 'account_id step contract_id started_on completed_on owner_email'],
  [
    'plays',
    'play_id account_id driver play opened_on due_on closed_on outcome owner_email concession ' +
      'success_plan_id',
  ],
  ['enablement', 'account_id course completed_on role'],
  ['signals', 'account_id kind at note'],
  ['advocacy', 'account_id kind at recorded_at'],
  ['releases', 'release_id account_id kind at feature'],
  ['interviews', 'account_id held_on reason'],
  ['overrides', 'account_id band owner_email reason expires_on'],
  ['team', 'email name manager_email region capacity_arr capacity_accounts'],
  ['fx_rates', 'currency day rate_to_reporting'],
];

test.each(columns)('%s has the columns of its source', async (table, names) => {
  const described = await ask(`DESCRIBE ${table}`);
  expect(described.map(([name]) => name).join(' ')).toBe(names);
});

const today = `DATE '${asOf}'`;

/** What tells of the past, and so cannot have happened today or later. */
const past: [table: string, column: string, where?: string][] = [
  ['feature_usage', 'day'],
  ['invoices', 'paid_on'],
  ['contacts', 'active_from'],
  ['contacts', 'active_to'],
  ['touchpoints', 'at'],
  ['onboarding_milestones', 'completed_on'],
  ['success_plans', 'reviewed_on'],
  ['opportunities', 'close_on', 'outcome IS NOT NULL'],
  ['opportunities', 'stage_since'],
  ['renewal_steps', 'started_on'],
  ['renewal_steps', 'completed_on'],
  ['plays', 'opened_on'],
  ['plays', 'closed_on'],
  ['enablement', 'completed_on'],
  ['signals', 'at'],
  ['advocacy', 'at'],
  ['advocacy', 'recorded_at'],
  ['interviews', 'held_on'],
  ['fx_rates', 'day'],
];

/** What no row may be, by what it would break. */
const faults: [string, string][] = [
  ...tables.map((table): [string, string] => [
    `${table} twice`,
    `FROM ${table} GROUP BY ${keys[table]} HAVING count(*) > 1`,
  ]),
  ...past.map(([table, column, where = 'true']): [string, string] => [
    `${table}.${column} of tomorrow`,
    `FROM ${table} WHERE ${where} AND "${column}" >= ${today}`,
  ]),
  ['name twice', 'FROM accounts GROUP BY name HAVING count(*) > 1'],
  [
    'parent unknown or itself a daughter',
    `FROM accounts a LEFT JOIN accounts p ON p.account_id = a.parent_account_id
     WHERE a.parent_account_id IS NOT NULL
       AND (p.account_id IS NULL OR p.parent_account_id IS NOT NULL)`,
  ],
  ...ofAccounts.map((table): [string, string] => [
    `${table} of nobody`,
    `FROM ${table} WHERE account_id NOT IN (SELECT account_id FROM accounts)`,
  ]),
  ['account without a contract', 'FROM accounts ANTI JOIN contracts USING (account_id)'],
  [
    'renewed by nothing that follows',
    `FROM contracts c LEFT JOIN contracts n ON n.contract_id = c.renewed_by
     WHERE c.renewed_by IS NOT NULL
       AND (n.contract_id IS NULL OR n.start_date <> c.end_date
         OR n.account_id <> c.account_id)`,
  ],
  [
    'contract without worth',
    'FROM contracts WHERE NOT (arr > 0 AND total_value > 0 AND seats > 0)',
  ],
  ['contract without length', 'FROM contracts WHERE end_date <= start_date OR term_months < 1'],
  [
    'annualised otherwise than its term',
    'FROM contracts WHERE abs((end_date - start_date) / 30.4375 - term_months) > 0.15',
  ],
  ['signed late', `FROM contracts WHERE signed_on > start_date OR signed_on >= ${today}`],
  [
    'notice out of order',
    `FROM contracts WHERE (cancelled_on IS NULL) <> (cancel_recorded_on IS NULL)
       OR cancelled_on <= start_date OR cancelled_on > end_date
       OR cancel_recorded_on >= cancelled_on OR cancel_recorded_on >= ${today}`,
  ],
  [
    'notice and renewed',
    'FROM contracts WHERE cancelled_on IS NOT NULL AND renewed_by IS NOT NULL',
  ],
  [
    'platform held twice on a day',
    `FROM contracts a JOIN contracts b USING (account_id, product)
     WHERE product = 'Harbourline Platform' AND a.contract_id < b.contract_id
       AND a.start_date < b.end_date AND b.start_date < a.end_date`,
  ],
  [
    'currency of another',
    'FROM contracts c JOIN accounts a USING (account_id) WHERE c.currency <> a.currency',
  ],
  [
    'signed before it was known',
    'FROM contracts JOIN accounts USING (account_id) WHERE signed_on < created_on',
  ],
  ['account of tomorrow', `FROM accounts WHERE created_on >= ${today}`],
  ['usage of tomorrow', `FROM usage_daily WHERE day >= ${today}`],
  [
    'usage out of measure',
    `FROM usage_daily WHERE active_users < 1 OR sessions < 1 OR key_events < 1
       OR features_used < 1 OR teams_active < 1 OR teams_active > active_users`,
  ],
  [
    'ticket out of order',
    `FROM support_tickets WHERE opened_at >= ${today} OR response_due_at <= opened_at
       OR first_response_at <= opened_at OR first_response_at >= ${today}
       OR closed_at < first_response_at OR closed_at >= ${today}
       OR (closed_at IS NOT NULL AND first_response_at IS NULL)`,
  ],
  [
    'ticket of no kind',
    `FROM support_tickets WHERE severity NOT IN ('critical', 'high', 'medium', 'low')
       OR csat NOT BETWEEN 1 AND 5`,
  ],
  [
    'response out of order',
    `FROM survey_responses WHERE responded_at >= ${today}
       OR closed_loop_at <= responded_at OR closed_loop_at >= ${today}`,
  ],
  [
    'response of no kind',
    `FROM survey_responses WHERE CASE kind WHEN 'nps' THEN score NOT BETWEEN 0 AND 10
       WHEN 'csat' THEN score NOT BETWEEN 1 AND 5 ELSE true END`,
  ],
  [
    'response of a stranger',
    'FROM survey_responses WHERE contact_id NOT IN (SELECT contact_id FROM contacts)',
  ],
  [
    'feature used on a day without use',
    `FROM feature_usage f FULL JOIN usage_daily u USING (account_id, day)
     WHERE f.day IS NOT NULL
     GROUP BY account_id, day, u.features_used HAVING count(*) IS DISTINCT FROM u.features_used`,
  ],
  ['feature without an event', 'FROM feature_usage WHERE events < 1'],
  ['entitlement to nothing', 'FROM entitlements WHERE NOT (committed > 0 AND used >= 0)'],
  [
    'credits that add up over no period, or are used up already',
    `FROM entitlements WHERE (metric = 'credits') <> (counts = 'period_total')
       OR (metric = 'credits' AND NOT (period_start <= ${today} AND period_end >= ${today}
         AND period_end < period_start + 366 AND used <= committed))`,
  ],
  [
    'seats entitled otherwise than sold',
    `FROM entitlements JOIN accounts USING (account_id)
     WHERE metric = 'seats' AND committed <> entitled_seats`,
  ],
  [
    'invoice out of order',
    `FROM invoices WHERE NOT amount > 0 OR paid_on < due_on - 60
       OR currency <> (SELECT currency FROM accounts a WHERE a.account_id = invoices.account_id)`,
  ],
  [
    'contact of no kind or gone before coming',
    `FROM contacts WHERE role NOT IN ('champion', 'executive_sponsor', 'admin', 'user')
       OR active_to <= active_from`,
  ],
  [
    'executive sponsor of a small account',
    `FROM contacts JOIN accounts USING (account_id)
     WHERE segment = 'SMB' AND role = 'executive_sponsor'`,
  ],
  [
    'talk of no kind',
    `FROM touchpoints WHERE kind NOT IN ('call', 'email', 'meeting', 'value_review', 'ebr')`,
  ],
  [
    'talk with somebody who was not there',
    `FROM touchpoints t WHERE attendee_role IS NOT NULL AND NOT EXISTS (
       FROM contacts c WHERE c.account_id = t.account_id AND c.role = t.attendee_role
         AND c.active_from <= t."at" AND coalesce(c.active_to + 1 > t."at", true))`,
  ],
  [
    'objective out of measure',
    `FROM success_plans WHERE NOT target > 0 OR actual < 0
       OR status NOT IN ('open', 'met', 'missed', 'dropped')
       OR (status = 'met' AND coalesce(actual < target, true))
       OR (status = 'missed' AND due_on >= ${today})`,
  ],
  [
    'opportunity of no kind',
    `FROM opportunities WHERE kind NOT IN ('renewal', 'expansion')
       OR outcome NOT IN ('won', 'lost') OR (outcome = 'lost' AND reason IS NULL)
       OR probability NOT BETWEEN 0 AND 1`,
  ],
  [
    'opportunity of a foreign contract',
    `FROM opportunities o LEFT JOIN contracts c USING (contract_id)
     WHERE o.contract_id IS NOT NULL AND c.account_id IS DISTINCT FROM o.account_id`,
  ],
  [
    'opportunity kept as none could be',
    `FROM opportunities WHERE stage_since IS NULL OR (next_step IS NULL) <> (next_step_on IS NULL)
       OR (outcome IS NULL) = (forecast_category IS NULL)
       OR forecast_category NOT IN ('commit', 'best_case', 'at_risk', 'lost')`,
  ],
  [
    'step of no kind, or done before it was begun',
    `FROM renewal_steps WHERE step NOT IN ('pricing_review', 'legal_review')
       OR started_on IS NULL OR completed_on < started_on`,
  ],
  [
    'step of a foreign contract',
    `FROM renewal_steps s LEFT JOIN contracts c USING (contract_id)
     WHERE c.account_id IS DISTINCT FROM s.account_id`,
  ],
  [
    'play out of order',
    `FROM plays WHERE due_on <= opened_on OR closed_on < opened_on
       OR (closed_on IS NULL) <> (outcome IS NULL) OR concession IS NULL`,
  ],
  [
    'play for a foreign plan',
    `FROM plays p LEFT JOIN success_plans s ON s.objective_id = p.success_plan_id
     WHERE success_plan_id IS NOT NULL AND s.account_id IS DISTINCT FROM p.account_id`,
  ],
  [
    'signal of no kind',
    `FROM signals WHERE note IS NULL OR kind NOT IN ('competitor', 'budget', 'compliance',
       'security', 'acquisition', 'leadership_change', 'other')`,
  ],
  [
    'advocate of no kind',
    `FROM advocacy
     WHERE kind NOT IN ('reference', 'case_study', 'advisory_board', 'community')`,
  ],
  [
    'release told in two ways',
    `FROM releases GROUP BY release_id
     HAVING count(DISTINCT kind) > 1 OR count(DISTINCT "at") > 1 OR count(DISTINCT feature) > 1`,
  ],
  ['release of a feature nobody has', 'FROM releases ANTI JOIN feature_usage USING (feature)'],
  [
    'interview with a customer',
    `FROM interviews JOIN contracts USING (account_id) WHERE end_date > ${today}`,
  ],
  ['override of no band', "FROM overrides WHERE band NOT IN ('green', 'yellow', 'red')"],
  [
    'manager outside the team',
    `FROM team WHERE manager_email IS NOT NULL
       AND manager_email NOT IN (SELECT email FROM team)`,
  ],
  [
    'owner outside the team',
    `FROM accounts WHERE owner_email NOT IN (SELECT email FROM team)
       OR manager_email NOT IN (SELECT email FROM team)`,
  ],
  [
    'day without a rate',
    `FROM fx_rates GROUP BY currency
     HAVING count(*) <> max(day) - min(day) + 1 OR max(day) <> ${today} - 1
       OR min(day) > ${today} - INTERVAL 26 MONTH OR NOT min(rate_to_reporting) > 0.5`,
  ],
];

test.each(faults)('no %s', async (_, from) => {
  expect(await ask(`SELECT 1 ${from} LIMIT 1`)).toEqual([]);
});

const openDeals = 'SELECT count(*) FROM opportunities WHERE outcome IS NULL';
const stepsOf = (step: string) => `SELECT count(*) FROM renewal_steps WHERE step = '${step}'`;

const promises: [string, string, number][] = [
  ['segments', 'SELECT count(DISTINCT segment) FROM accounts', 3],
  ['regions', 'SELECT count(DISTINCT region) FROM accounts', 4],
  ['currencies', 'SELECT count(DISTINCT currency) FROM accounts', 3],
  ['daughters', 'SELECT count(parent_account_id) FROM accounts', 2],
  [
    'former customers',
    `SELECT count(*) FROM accounts WHERE account_id NOT IN
       (SELECT account_id FROM contracts WHERE end_date > ${today})`,
    8,
  ],
  [
    'customers under notice',
    `SELECT count(DISTINCT account_id) FROM contracts
     WHERE cancelled_on IS NOT NULL AND end_date > ${today}`,
    1,
  ],
  ['terms of several years', 'SELECT count(*) FROM contracts WHERE term_months > 12', 10],
  ['open tickets', 'SELECT count(*) FROM support_tickets WHERE closed_at IS NULL', 5],
  [
    'quiet accounts',
    'SELECT count(*) FROM accounts ANTI JOIN survey_responses USING (account_id)',
    10,
  ],
  ['currencies with a rate', 'SELECT count(DISTINCT currency) FROM fx_rates', 3],
  ['bills overdue', `SELECT count(*) FROM invoices WHERE due_on < ${today} AND paid_on IS NULL`, 2],
  ['objectives missed', "SELECT count(*) FROM success_plans WHERE status = 'missed'", 5],
  ['renewals under way', 'SELECT count(*) FROM opportunities WHERE outcome IS NULL', 5],
  ['renewals nobody planned a step of', `${openDeals} AND next_step IS NULL`, 1],
  ['renewals that stand still', `${openDeals} AND stage_since < ${today} - 60`, 1],
  ['pricing reviews', `${stepsOf('pricing_review')} AND completed_on IS NOT NULL`, 10],
  ['legal reviews under way', `${stepsOf('legal_review')} AND completed_on IS NULL`, 1],
  ['credits', "SELECT count(*) FROM entitlements WHERE counts = 'period_total'", 5],
  ['plays open', 'SELECT count(*) FROM plays WHERE closed_on IS NULL', 3],
  ['plays closed', 'SELECT count(*) FROM plays WHERE closed_on < due_on', 3],
  ['features to be retired', `SELECT count(*) FROM releases WHERE "at" > ${today}`, 3],
  ['interviews', 'SELECT count(*) FROM interviews', 1],
  ['overrides in force', `SELECT count(*) FROM overrides WHERE expires_on > ${today}`, 1],
  ['detractors', "SELECT count(*) FROM survey_responses WHERE kind = 'nps' AND score <= 6", 10],
];

test.each(promises)('there are %s', async (_, sql, least) => {
  const [row] = await ask(sql);
  expect(Number(row?.[0])).toBeGreaterThanOrEqual(least);
});

test('those who left used the product less in the end than half a year before', async () => {
  const [row] = await ask(`
    WITH left_on AS (
      SELECT account_id, max(end_date) AS day FROM contracts
      GROUP BY account_id HAVING max(end_date) < ${today} - 30
        AND max(end_date) > ${today} - 500
    ), use AS (
      SELECT account_id,
        sum(active_users) FILTER (u.day BETWEEN l.day - 28 AND l.day) AS last_month,
        sum(active_users) FILTER (u.day BETWEEN l.day - 210 AND l.day - 183) AS before
      FROM left_on l JOIN usage_daily u USING (account_id) GROUP BY account_id
    )
    SELECT sum(last_month) / sum(before) FROM use`);
  expect(Number(row?.[0])).toBeLessThan(0.75);
});

test('the fewer talks, the nearer the end', async () => {
  const [row] = await ask(`
    WITH left_on AS (
      SELECT account_id, max(end_date) AS day FROM contracts
      GROUP BY account_id HAVING max(end_date) BETWEEN ${today} - 400 AND ${today}
    )
    SELECT count(*) FILTER (t."at" >= day - 120), count(*) FILTER (t."at" < day - 180)
    FROM left_on JOIN touchpoints t USING (account_id) WHERE t."at" >= day - 300`);
  expect(Number(row?.[0])).toBeLessThan(Number(row?.[1]));
});

test('the sample configuration maps every table, and a limit to the one that went silent', () => {
  const mapped = [...sampleConfig.matchAll(/^ {2}(\w+): \{ table: (\w+)/gm)];
  expect(mapped.map(([, source]) => source).sort()).toEqual(tables);
  expect(mapped.every(([, source, table]) => source === table)).toBe(true);
  const { name, freshnessDays } = silentSource;
  expect(sampleConfig).toContain(`${name}: { table: ${name}, freshness_days: ${freshnessDays} }`);
});

/** SQL that is true of the account a story is about, for any seed and day. */
const toldBy: Record<string, (account: string, day: string) => string> = {
  champion_left: (account, day) => `
    SELECT max(active_to) < ${day} AND count(*) = count(active_to) AND (
      SELECT avg(active_users) FILTER (day >= ${day} - 7)
        < 0.6 * avg(active_users) FILTER (day < ${day} - 28)
      FROM usage_daily WHERE account_id = ${account} AND day >= ${day} - 84)
    FROM contacts WHERE account_id = ${account} AND role = 'champion'`,
  usage_trap: (account, day) => `
    SELECT avg(least(1, actual / target)) < 0.5 AND (
      SELECT max(active_users) FROM usage_daily
      WHERE account_id = ${account} AND day >= ${day} - 28
    ) > 0.8 * any_value(entitled_seats)
    FROM success_plans JOIN accounts USING (account_id) WHERE account_id = ${account}`,
  onboarding_stalled: (account, day) => `
    SELECT count_if(due_on < ${day} AND completed_on IS NULL) >= 2
      AND (SELECT min(start_date) FROM contracts WHERE account_id = ${account}) > ${day} - 90
    FROM onboarding_milestones WHERE account_id = ${account}`,
  severity_spike: (account, day) => `
    SELECT count_if(severity IN ('critical', 'high') AND closed_at IS NULL) >= 4
    FROM support_tickets WHERE account_id = ${account} AND opened_at >= ${day} - 6`,
  seats_saturated: (account) => `
    SELECT used > committed FROM entitlements WHERE account_id = ${account} AND metric = 'seats'`,
  discount_without_plan: (account, day) => `
    SELECT count(*) = 1 FROM plays WHERE account_id = ${account}
      AND concession AND success_plan_id IS NULL AND opened_on >= ${day} - 180`,
  troubled_daughter: (account, day) => `
    SELECT (${useKept(account, day)}) < 0.6 AND (${useKept('any_value(parent_account_id)', day)}) > 0.8
    FROM accounts WHERE account_id = ${account}`,
  bill_shock: (account, day) => `
    SELECT used < committed AND period_end > ${day} + 120
      AND used * (period_end + 1 - period_start) / (${day} - period_start) > 1.5 * committed
    FROM entitlements WHERE account_id = ${account} AND metric = 'credits'`,
  silent_source: (_, day) => `SELECT max("at") BETWEEN ${day} - 80 AND ${day} - 75 FROM advocacy`,
};

const useKept = (account: string, day: string): string => `
  SELECT sum(active_users) FILTER (day >= ${day} - 28)
    / sum(active_users) FILTER (day < ${day} - 140)
  FROM usage_daily WHERE account_id = ${account} AND day >= ${day} - 168`;

test.each([
  [1, '2026-11-22'],
  [7, '2026-03-20'],
  [42, '2025-06-15'],
])('the stories of seed %s are there on %s', async (seed, day) => {
  const folder = join(root, `stories-${seed}`);
  await writeSampleCompany({ folder, accounts: 50, asOf: toDay(day), seed });
  const told = await (await DuckDBInstance.create()).connect();
  for (const table of tables) {
    await told.run(`CREATE VIEW ${table} AS SELECT * FROM '${folder}/${table}.parquet'`);
  }
  for (const { id, accountIndex } of stories) {
    const sql =
      toldBy[id]?.(`'${accountId(accountIndex ?? 0)}'`, `DATE '${day}'`) ?? 'SELECT false';
    expect((await told.runAndReadAll(sql)).getRowsJson(), id).toEqual([[true]]);
  }
  told.closeSync();
});
