import { CIRCLE_STEPS, circleOf } from './circle.ts';
import { defineSource } from './source.ts';

/** Further up than this no group of companies was seen. */
const PARENT_STEPS = CIRCLE_STEPS;

/** Who the customers are; everything else hangs on these rows. */
export const accounts = defineSource({
  id: 'accounts',
  grain: 'one row per account',
  required: true,
  key: ['account_id'],
  columns: {
    account_id: { type: 'text', required: true, meaning: 'stable id that other sources refer to' },
    name: { type: 'text', required: true, meaning: 'name as people know it' },
    parent_account_id: {
      type: 'text',
      refersTo: 'accounts',
      meaning: 'account this one belongs to',
    },
    segment: { type: 'text', meaning: 'segment as the company names it; see segments' },
    region: { type: 'text', meaning: 'sales or service region' },
    industry: { type: 'text', meaning: 'industry' },
    owner_email: { type: 'text', meaning: 'CSM who owns the account' },
    owner_name: { type: 'text', meaning: 'name of that CSM' },
    manager_email: { type: 'text', meaning: 'manager of that CSM' },
    ae_email: { type: 'text', meaning: 'account executive' },
    strategic: { type: 'flag', meaning: 'strategic account' },
    motion: { type: 'text', meaning: 'high_touch, pooled or self_serve' },
    currency: { type: 'text', meaning: 'currency the account is billed in' },
    created_on: { type: 'day', meaning: 'day the account was created' },
    entitled_seats: { type: 'integer', range: [0, 1e9], meaning: 'seats the account may use' },
  },
  // Records are often made after the first contract; recorded_at is what keeps later ones out.
  known: () => 'true',
  relations: [
    {
      id: 'own_parent',
      column: 'parent_account_id',
      severity: 'warning',
      offenders: (rows) =>
        `SELECT account_id FROM ${rows} account WHERE parent_account_id = account_id`,
      found: 'an account that is its own parent',
      expected: 'another account, or nothing',
      fix: 'Empty it, or map it to NULLIF(parent_account_id, account_id); until then these accounts count as having no parent.',
    },
    {
      id: 'parent_circle',
      column: 'parent_account_id',
      severity: 'warning',
      offenders: (rows) => circleOf(rows, { id: 'account_id', next: 'parent_account_id' }),
      found: `accounts in a circle of at most ${CIRCLE_STEPS} parents`,
      expected: 'parents that end at an account without one',
      fix: 'Take the parent off the topmost account; until then all accounts of the circle count as having no parent.',
    },
  ],
  features: {
    name: 'text',
    parent_account_id: 'text',
    segment_name: 'text',
    region: 'text',
    owner_email: 'text',
    manager_email: 'text',
    ae_email: 'text',
    strategic: 'flag',
    motion_name: 'text',
    ultimate_parent_id: 'text',
    daughters: 'count',
    entitled_seats: 'number',
  },
  reduce: (rows) => `
    SELECT step_0.account_id, name, step_0.parent_account_id, segment AS segment_name, region,
      owner_email, manager_email, ae_email, strategic, motion AS motion_name, entitled_seats,
      ${ultimateParent()} AS ultimate_parent_id, daughters
    FROM ${rows} step_0
    ${parentSteps.map((step) => parentJoin(step, rows)).join('\n    ')}
    LEFT JOIN (
      SELECT parent_account_id AS own_id, count(*) AS daughters FROM ${rows}
      WHERE parent_account_id <> account_id GROUP BY parent_account_id
    ) own ON own.own_id = step_0.account_id`,
});

const parentSteps = Array.from({ length: PARENT_STEPS - 1 }, (_, index) => index + 1);

/**
 * The parent reached last. An account that is its own parent has none, nor has one that is met
 * again on the way up; who stands below such a circle belongs to the first of it on the way.
 */
function ultimateParent(): string {
  const above = [0, ...parentSteps].map((step) => `step_${step}.parent_account_id`);
  const way = ['step_0.account_id', ...above];
  const circles = way
    .slice(0, -2)
    .map((id, at) => ({ id: at === 0 ? 'NULL' : id, test: `${id} IN (${way.slice(at + 2)})` }))
    .map(({ id, test }) => `WHEN ${test} THEN ${id}`);
  const first = 'NULLIF(step_0.parent_account_id, step_0.account_id)';
  const last = `coalesce(${[...above.slice(1).reverse(), first].join(', ')})`;
  return `CASE ${circles.join('\n        ')}
        ELSE ${last} END`;
}

/** Only the few accounts that have a parent are looked through, step by step. */
function parentJoin(step: number, rows: string): string {
  return `LEFT JOIN (
      SELECT account_id, parent_account_id FROM ${rows} WHERE parent_account_id <> account_id
    ) step_${step} ON step_${step}.account_id = step_${step - 1}.parent_account_id`;
}
