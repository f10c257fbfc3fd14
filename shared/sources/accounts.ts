import { defineSource } from './source.ts';

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
  features: {
    name: 'text',
    parent_account_id: 'text',
    segment_name: 'text',
    region: 'text',
    owner_email: 'text',
    entitled_seats: 'number',
  },
  reduce: (rows) => `
    SELECT account_id, name, parent_account_id, segment AS segment_name, region, owner_email,
      entitled_seats
    FROM ${rows}`,
});
