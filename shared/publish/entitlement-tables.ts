import { defineTable } from './table.ts';

const text = (meaning: string) => ({ kind: 'text', meaning }) as const;
const maybeText = (meaning: string) => ({ kind: 'text', optional: true, meaning }) as const;
const number = (meaning: string) => ({ kind: 'number', meaning }) as const;
const maybeNumber = (meaning: string) => ({ kind: 'number', optional: true, meaning }) as const;
const maybeDay = (meaning: string) => ({ kind: 'day', optional: true, meaning }) as const;

/** Use against commitment, today and at the end of the period; the next run takes its pace from here. */
export const entitlementStatus = defineTable({
  name: 'entitlement_status',
  grain: 'one row per account and metric whose period is not over',
  columns: {
    account_id: text('account'),
    metric: text('what is counted, such as seats or credits'),
    name: maybeText('name as the warehouse has it; escape it'),
    segment_name: maybeText('segment as the warehouse has it'),
    region: maybeText('region'),
    owner_email: maybeText('CSM who owns it'),
    ultimate_parent_id: maybeText('account at the top of its group'),
    counts: text('level, or period_total: what adds up over the period'),
    committed: number('how much of it is paid for'),
    used: number('how much of it is used up to as_of'),
    use_ratio: maybeNumber('used ÷ committed; empty where nothing is committed'),
    period_start: maybeDay('first day of the period'),
    period_end: maybeDay('last day of the period'),
    days_left: { kind: 'count', optional: true, meaning: 'days of it left, as_of among them' },
    projected_use: maybeNumber('use at the end of the period, at the pace that method names'),
    projected_ratio: maybeNumber('projected_use ÷ committed'),
    method: maybeText(
      'pace since the period began, pace since a day, or level as it stands; empty where it cannot be told',
    ),
    exceeds_on: maybeDay('day on which the commitment is used up at that pace, within the period'),
    status: text('over, bill_shock_ahead, saturated, within, idle or unknown'),
    signal: maybeText('bill_shock or expansion'),
    evidence: text('what was observed, with its numbers'),
  },
});
