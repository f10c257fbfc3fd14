import { defineSource } from './source.ts';
import { MOST_MONEY } from './sql.ts';

/** Who looks after the accounts, for whom, and how much each can carry. */
export const team = defineSource({
  id: 'team',
  grain: 'one row per person',
  required: false,
  key: ['email'],
  columns: {
    email: { type: 'text', required: true, meaning: 'address; accounts.owner_email refers to it' },
    name: { type: 'text', meaning: 'name as people know it' },
    manager_email: { type: 'text', meaning: 'whom they report to' },
    region: { type: 'text', meaning: 'region they work in' },
    capacity_arr: {
      type: 'money',
      range: [0, MOST_MONEY],
      meaning: 'ARR they can look after, in the reporting currency',
    },
    capacity_accounts: {
      type: 'integer',
      range: [0, 1e9],
      meaning: 'accounts they can look after',
    },
  },
  known: () => 'true',
  features: {},
});
