import type { PlayDefaults } from './default-plays.ts';

/** What to do about a risk flag when holdfast.yaml says nothing; docs/risk.md has where each flag comes from. */
export const rescuePlays = {
  save: {
    name: 'Save',
    actions: [
      'Have an executive of ours call theirs: why they leave, and what would have to change',
      'Hold an exit interview with champion and admin, and record the reason',
      'Offer right-sizing, and only together with a success plan that they sign',
    ],
    owner: 'manager',
    due_days: { critical: 2, high: 5 },
  },
  usage_recovery: {
    name: 'Usage recovery',
    actions: [
      'Find which teams and features fell, and since when',
      'Ask the champion what changed on their side',
      'Agree a recovery plan with a figure and a date',
      'Look at the figure again after two weeks',
    ],
    owner: 'csm',
  },
  outcome_reset: {
    name: 'Outcome reset',
    actions: [
      'Ask whether their goals have changed',
      'Agree outcomes with target, measure and due day in the success plan',
      'Tie the features they use to those outcomes',
      'Review the plan with the executive sponsor',
    ],
    owner: 'csm',
    due_days: { high: 10, medium: 21 },
  },
  onboarding_rescue: {
    name: 'Onboarding rescue',
    actions: [
      'Find what blocks the milestone and who can remove it',
      'Agree new dates in writing with the project lead',
      'Bring in a specialist, and the manager where a date slips again',
    ],
    owner: 'csm',
    due_days: { high: 3, medium: 7 },
  },
  re_engagement: {
    name: 'Re-engagement',
    actions: [
      'Call the champion, and another contact where nobody answers',
      'Bring something of use: a benchmark, a release, a result of theirs',
      'Set a rhythm of talks in the calendar',
    ],
    owner: 'csm',
    due_days: { medium: 10 },
  },
  champion_rebuild: {
    name: 'Champion rebuild',
    actions: [
      'Ask the sponsor who takes over',
      'Hand over goals, results and the success plan to the successor',
      'Follow the champion who left: a new customer may be there',
    ],
    owner: 'csm',
    due_days: { medium: 10 },
  },
  executive_outreach: {
    name: 'Executive outreach',
    actions: [
      'Find out who holds the budget now',
      'Have an executive of ours write to the successor within the week',
      'Hold an executive review: outcomes so far, roadmap, their priorities',
    ],
    owner: 'manager',
    due_days: { critical: 2, high: 5 },
  },
  support_remediation: {
    name: 'Support remediation',
    actions: [
      'Name one engineer who answers for the open tickets',
      'Give the customer a plan of repair with dates',
      'Report progress until the last ticket is closed, then what was changed',
    ],
    owner: 'support',
    due_days: { critical: 1, high: 3, medium: 7 },
  },
  detractor_follow_up: {
    name: 'Detractor follow-up',
    actions: [
      'Thank them for the answer within two days, and ask what lies behind it',
      'Fix what can be fixed, or say plainly what cannot',
      'Tell them what changed, and record that the loop is closed',
    ],
    owner: 'csm',
    due_days: { high: 3, medium: 5 },
  },
  feature_migration: {
    name: 'Feature migration',
    actions: [
      'Tell the admin what is retired, when, and what takes its place',
      'Agree a migration with a date before the retirement',
      'Confirm that nothing depends on the old feature any more',
    ],
    owner: 'csm',
    due_days: { high: 5 },
  },
  billing_resolution: {
    name: 'Billing resolution',
    actions: [
      'Ask their accounts department whether the invoice is disputed or forgotten',
      'Settle disputes before reminding again',
      'Ask the champion whether the budget still stands',
    ],
    owner: 'ae',
    due_days: { high: 5, medium: 10 },
  },
  right_sizing: {
    name: 'Right-sizing',
    actions: [
      'Show use against commitment before the invoice does',
      'Offer the plan that fits, up or down',
      'Agree a warning level with the admin',
    ],
    owner: 'ae',
    due_days: { high: 7, medium: 14 },
  },
  business_case: {
    name: 'Business case',
    actions: [
      'Model the return with their own figures',
      'Take it to whoever decides on the budget',
      'Prepare a smaller scope; give a concession only against a success plan',
    ],
    owner: 'ae',
    due_days: { high: 7 },
  },
  plan_for_concession: {
    name: 'Plan for a concession',
    actions: [
      'Agree outcomes and dates that the concession is to buy time for',
      'Record the success plan on the concession',
      'Review after 30 days whether they are being reached',
    ],
    owner: 'csm',
    due_days: { high: 7, medium: 14 },
  },
  competitive_defence: {
    name: 'Competitive defence',
    actions: [
      'Find out who is looking, at whom, and what they miss with us',
      'Show the outcomes reached, and the cost of moving',
      'Agree what would make them stay, with a date',
    ],
    owner: 'ae',
    due_days: { critical: 2, high: 5 },
  },
  compliance_review: {
    name: 'Compliance review',
    actions: [
      'Get the question or the finding in writing',
      'Bring security and legal to one table with theirs',
      'Answer with documents and dates',
    ],
    owner: 'manager',
    due_days: { critical: 2, high: 5 },
  },
} as const satisfies Record<string, PlayDefaults>;
