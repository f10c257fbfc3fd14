import { defineSource } from './source.ts';
import { MOST_MONEY, sqlCents } from './sql.ts';

/** What they owe: who doubts the value pays late. */
export const invoices = defineSource({
  id: 'invoices',
  grain: 'one row per invoice',
  required: false,
  key: ['invoice_id'],
  columns: {
    invoice_id: { type: 'text', required: true, meaning: 'stable id of the invoice' },
    account_id: {
      type: 'text',
      required: true,
      refersTo: 'accounts',
      meaning: 'account that owes it',
    },
    due_on: { type: 'day', required: true, meaning: 'last day to pay it' },
    amount: {
      type: 'money',
      required: true,
      range: [-MOST_MONEY, MOST_MONEY],
      meaning: 'what is owed; credit notes, below zero, are never late',
    },
    currency: { type: 'currency', meaning: 'currency of amount' },
    paid_on: { type: 'day', meaning: 'day it was paid in full; empty while it is not' },
  },
  known: (asOf) => `due_on < ${asOf}`,
  freshBy: 'due_on',
  freshnessDays: 45,
  features: {
    invoices_overdue: 'count',
    overdue_cents: 'cents',
    oldest_overdue_on: 'day',
    invoices_due_365d: 'count',
  },
  // All rows are past due; what was paid on as_of or later was still owed that day.
  reduce: (rows, { daysAgo, rate }) => `
    SELECT account_id,
      count_if(owed) AS invoices_overdue,
      sum(cents) FILTER (WHERE owed) AS overdue_cents,
      min(due_on) FILTER (WHERE owed) AS oldest_overdue_on,
      count_if(due_on >= ${daysAgo(365)}) AS invoices_due_365d
    FROM (
      SELECT account_id, due_on,
        ${sqlCents('amount', rate('currency'))} AS cents,
        coalesce(paid_on >= ${daysAgo(0)}, true) AS owed
      FROM ${rows}
      WHERE amount > 0
    ) due
    GROUP BY account_id`,
});
