import { defineTable } from './table.ts';

const text = (meaning: string) => ({ kind: 'text', meaning }) as const;
const maybeText = (meaning: string) => ({ kind: 'text', optional: true, meaning }) as const;
const count = (meaning: string) => ({ kind: 'count', meaning }) as const;
const cents = (meaning: string) => ({ kind: 'cents', meaning }) as const;
const day = (meaning: string) => ({ kind: 'day', meaning }) as const;
const maybeDay = (meaning: string) => ({ kind: 'day', optional: true, meaning }) as const;

const NAME = 'name as the warehouse has it; escape it';

/** Every churn risk that is open, and those that cleared of late; the next run goes on from here. */
export const riskFlags = defineTable({
  name: 'risk_flags',
  grain: 'one row per account and flag that is open, or cleared and not yet forgotten',
  columns: {
    account_id: text('account'),
    name: maybeText(NAME),
    segment: text('id of its segment in the config'),
    owner_email: maybeText('CSM who owns it'),
    flag: text('flag; docs/risk.md has a paragraph on each'),
    category: text(
      'value_gap, champion_turnover, product_issue, budget_pressure or compliance_security',
    ),
    severity: text('critical, high, medium or low; for a cleared flag the last it had'),
    peak_severity: text('the worst it has been since it was raised'),
    state: text('new, ongoing, reopened or cleared'),
    raised_on: day('day it was raised, this time'),
    first_raised_on: day('day it was raised for the first time that is remembered'),
    cleared_on: maybeDay('day it last cleared; kept when it reopens'),
    cleared_because: maybeText('why it cleared; empty while it is open'),
    days_open: count('days from raised_on to as_of, or to the day it cleared'),
    episodes: count('times it was raised that are remembered, this one included'),
    evidence: text('what was observed, with its numbers'),
    unconfirmed: maybeText('why it could not be asked today, and so stays as it was'),
    arr_cents: cents('at stake: live ARR of the account, in hundredths of the currency'),
    currency: text('reporting currency'),
    play: maybeText('id of the play against it; empty once cleared, as all of the play'),
    play_name: maybeText('name of the play'),
    actions: maybeText('what to do, numbered'),
    play_owner_email: maybeText('who is to lead it'),
    play_owner_reason: maybeText('why that is not whom the play asks for, or nobody'),
    due_on: maybeDay('day by which it is to be done'),
    quiet_because: maybeText('why nobody is told of it again: a play is open, or it cools down'),
  },
});

/** What each owner is shown today, and what the budget keeps from them. */
export const flagAlerts = defineTable({
  name: 'flag_alerts',
  grain:
    'one row per open flag that is not quiet: all that are shown, and per owner the first 10 held ones',
  columns: {
    owner_email: text('CSM who owns the account; (none) where it has none'),
    rank: count('place in the list of the owner, 1 first'),
    decision: text('shown or held'),
    reason: text('why it is shown or held'),
    account_id: text('account'),
    name: maybeText(NAME),
    flag: text('flag'),
    severity: text('critical, high, medium or low'),
    state: text('new, ongoing or reopened'),
    evidence: text('what was observed, with its numbers'),
    arr_cents: cents('live ARR of the account'),
    play: maybeText('id of the play against it'),
    play_name: maybeText('name of the play'),
    due_on: maybeDay('day by which it is to be done'),
  },
});

/** Whether the budget of alerts is enough: open_flags is shown and all that is held. */
export const alertBudget = defineTable({
  name: 'alert_budget',
  grain: 'one row per owner with an open flag',
  columns: {
    owner_email: text('CSM who owns the accounts; (none) where they have none'),
    budget: count('flags that the owner is to be shown at most, unless more are critical'),
    open_flags: count('open flags of the accounts'),
    shown: count('of them shown'),
    held_by_budget: count('of them held because the budget was used up'),
    held_by_play: count('of them held because a play against them is open'),
    held_by_cooldown: count('of them held because they reopened soon after clearing'),
    held_by_guard: count('of them held because the run itself is in doubt'),
    arr_shown_cents: cents('ARR of the accounts of which a flag is shown'),
    arr_held_cents: cents('ARR of the accounts of which every open flag is held'),
  },
});

/** Strategic accounts in danger, and how far each is from being out of it. */
export const warRooms = defineTable({
  name: 'war_rooms',
  grain: 'one row per account with a war room, and once more on the day it closes',
  columns: {
    account_id: text('account'),
    name: maybeText(NAME),
    opened_on: day('day it opened'),
    state: text('open, exit_pending (its exit criteria hold) or closed'),
    owner_email: maybeText('manager of the account, else its CSM'),
    rhythm: text('how often it meets'),
    reasons: text('what is wrong, or was when something last was'),
    exit_criteria: text('what must hold, and for how long, before it closes'),
    criteria_met_since: maybeDay('day since which they hold'),
    day_count: count('days since it opened, that day included'),
    arr_cents: cents('live ARR of the account'),
  },
});
