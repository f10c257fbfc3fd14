import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountStories } from '../../../functions/cli/sample-company/account-story.ts';
import { writeSampleCompany } from '../../../functions/cli/sample-company/write-sample-company.ts';
import { dayToEpoch, toDay } from '../../../shared/basics/day.ts';

const asOf = toDay('2026-11-22');
const tables = ['accounts', 'contracts', 'support_tickets', 'survey_responses', 'usage_daily'];
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
];

test.each(columns)('%s has the columns of its source', async (table, names) => {
  const described = await ask(`DESCRIBE ${table}`);
  expect(described.map(([name]) => name).join(' ')).toBe(names);
});

const today = `DATE '${asOf}'`;

/** What no row may be, by what it would break. */
const faults: [string, string][] = [
  ['account twice', 'FROM accounts GROUP BY account_id HAVING count(*) > 1'],
  ['name twice', 'FROM accounts GROUP BY name HAVING count(*) > 1'],
  ['contract twice', 'FROM contracts GROUP BY contract_id HAVING count(*) > 1'],
  ['day twice', 'FROM usage_daily GROUP BY account_id, day HAVING count(*) > 1'],
  ['ticket twice', 'FROM support_tickets GROUP BY ticket_id HAVING count(*) > 1'],
  ['response twice', 'FROM survey_responses GROUP BY response_id HAVING count(*) > 1'],
  [
    'parent unknown or itself a daughter',
    `FROM accounts a LEFT JOIN accounts p ON p.account_id = a.parent_account_id
     WHERE a.parent_account_id IS NOT NULL
       AND (p.account_id IS NULL OR p.parent_account_id IS NOT NULL)`,
  ],
  ...['contracts', 'usage_daily', 'support_tickets', 'survey_responses'].map(
    (table): [string, string] => [
      `${table} of nobody`,
      `FROM ${table} WHERE account_id NOT IN (SELECT account_id FROM accounts)`,
    ],
  ),
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
];

test.each(faults)('no %s', async (_, from) => {
  expect(await ask(`SELECT 1 ${from} LIMIT 1`)).toEqual([]);
});

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
