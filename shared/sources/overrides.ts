import { defineSource } from './source.ts';

/** Where a person knows better than the score: with a name, a reason and an end. */
export const overrides = defineSource({
  id: 'overrides',
  grain: 'one row in force per account',
  required: false,
  key: ['account_id'],
  columns: {
    account_id: { type: 'text', required: true, refersTo: 'accounts', meaning: 'account' },
    band: {
      type: 'text',
      required: true,
      oneOf: ['green', 'yellow', 'red'],
      meaning: 'band it is put into',
    },
    owner_email: { type: 'text', required: true, meaning: 'who answers for it' },
    reason: { type: 'text', required: true, meaning: 'why, in a sentence' },
    expires_on: { type: 'day', required: true, meaning: 'first day on which it no longer holds' },
  },
  // One that has expired is as good as gone; a new one may stand beside it.
  known: (asOf) => `expires_on > ${asOf}`,
  mayBeEmpty: true,
  features: {
    override_band: 'text',
    override_owner_email: 'text',
    override_reason: 'text',
    override_expires_on: 'day',
  },
  reduce: (rows) => `
    SELECT account_id, band AS override_band, owner_email AS override_owner_email,
      reason AS override_reason, expires_on AS override_expires_on
    FROM ${rows}`,
});
