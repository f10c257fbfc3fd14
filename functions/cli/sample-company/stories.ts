import type { Character, CharacterName } from './account-character.ts';
import type { Segment } from './company.ts';
import type { Course } from './contract-terms.ts';

/** What is settled about an account beforehand; all else is left to chance. */
export interface Script {
  readonly segment: Segment;
  readonly character: CharacterName;
  readonly startedDaysAgo: number;
  readonly course?: Course;
  readonly turnedDaysAgo?: number;
  readonly traits?: Partial<Character>;
  /** The index of the account it is a daughter of. */
  readonly daughterOf?: number;
  /** What its objectives have reached, as a share of their targets. */
  readonly outcomesReached?: number;
  /** Seats given to people, as a share of those bought. */
  readonly seatsAssigned?: number;
  /** Where the credits of the period will end at this pace, as a share of those committed. */
  readonly creditsAhead?: number;
  /** Severe tickets opened in the last days, none of them closed. */
  readonly severeTickets?: number;
  /** When a discount was given that no success plan backs. */
  readonly concessionDaysAgo?: number;
  readonly spokeForUsDaysAgo?: number;
}

/** Something a reader can look up in the output: what happened, to whom, and where it shows. */
export interface Story {
  readonly id: string;
  readonly title: string;
  /** The account it is about; null where a whole source is. */
  readonly accountIndex: number | null;
  readonly where: string;
  readonly scripts: Readonly<Record<number, Script>>;
}

/** The source whose rows end long before today, so many days. Its weight in the score is small. */
export const silentSource = { name: 'advocacy', daysAgo: 75, freshnessDays: 30 } as const;

// Begun so that no renewal falls into the weeks that health looks at, whatever the term.
const aWhileAgo = 500;
const noAddOns = { addOnChance: 0 };

/** Told at the same places of every company of fifty accounts or more, whatever seed and day. */
export const stories: readonly Story[] = [
  {
    id: 'champion_left',
    title: 'The champion left three weeks ago, nobody took over, and use falls',
    accountIndex: 31,
    where: 'contacts.active_to of the champion; flag champion_gone',
    scripts: {
      31: {
        segment: 'Enterprise',
        character: 'champion-left',
        startedDaysAgo: aWhileAgo,
        turnedDaysAgo: 24,
      },
    },
  },
  {
    id: 'usage_trap',
    title: 'Nearly every seat in use, and the outcomes they bought it for far off',
    accountIndex: 33,
    where: 'usage_daily.active_users against success_plans.actual; flag and gate usage_trap',
    scripts: {
      33: {
        segment: 'Mid-market',
        character: 'steady',
        startedDaysAgo: aWhileAgo,
        traits: { useRatio: [0.9, 0.96], ...noAddOns },
        outcomesReached: 0.3,
      },
    },
  },
  {
    id: 'onboarding_stalled',
    title: 'Ten weeks in, the onboarding has stopped before anybody got value',
    accountIndex: 35,
    where: 'onboarding_milestones.due_on without completed_on; flag onboarding_stalled',
    scripts: {
      35: { segment: 'Mid-market', character: 'stalled', startedDaysAgo: 72, course: 'new' },
    },
  },
  {
    id: 'severity_spike',
    title: 'A sound customer with a run of severe tickets in the last days',
    accountIndex: 37,
    where: 'support_tickets.severity of those opened in the last 6 days; flag severe_ticket',
    scripts: {
      37: {
        segment: 'Enterprise',
        character: 'steady',
        startedDaysAgo: aWhileAgo,
        traits: noAddOns,
        severeTickets: 4,
      },
    },
  },
  {
    id: 'seats_saturated',
    title: 'More people at work than seats bought: room to grow',
    accountIndex: 39,
    where: 'entitlements.used of metric seats above committed; flag overage',
    scripts: {
      39: {
        segment: 'Mid-market',
        character: 'growing',
        startedDaysAgo: aWhileAgo,
        traits: { useRatio: [0.98, 1.02], ...noAddOns },
        seatsAssigned: 1.14,
      },
    },
  },
  {
    id: 'discount_without_plan',
    title: 'A discount given to keep them, without a plan for what should change',
    accountIndex: 41,
    where: 'plays.concession without success_plan_id; flag discount_without_plan',
    scripts: {
      41: {
        segment: 'Mid-market',
        character: 'coasting',
        startedDaysAgo: aWhileAgo,
        concessionDaysAgo: 38,
      },
    },
  },
  {
    id: 'troubled_daughter',
    title: 'A subsidiary in trouble under a parent that does well',
    accountIndex: 44,
    where: 'accounts.parent_account_id; usage_daily of the daughter; flag usage_decline',
    scripts: {
      43: {
        segment: 'Enterprise',
        character: 'growing',
        startedDaysAgo: 1_400,
        creditsAhead: 1.6,
      },
      44: {
        segment: 'Mid-market',
        character: 'fading',
        startedDaysAgo: aWhileAgo,
        turnedDaysAgo: 125,
        daughterOf: 43,
      },
    },
  },
  {
    id: 'bill_shock',
    title: 'The credits of the year will be used up months before it ends',
    // The parent above, which does well: what is well used is what runs out.
    accountIndex: 43,
    where: 'entitlements.used of metric credits against committed; table entitlement_status',
    scripts: {},
  },
  {
    id: 'silent_source',
    title: 'The feed of references and case studies stopped, and nobody noticed',
    accountIndex: null,
    where: `${silentSource.name}.recorded_at: nothing for ${silentSource.daysAgo} days; the source is stale`,
    // Somebody spoke for us just before, so that even a small company has had news.
    scripts: {
      46: {
        segment: 'Enterprise',
        character: 'steady',
        startedDaysAgo: 900,
        spokeForUsDaysAgo: silentSource.daysAgo + 1,
      },
    },
  },
];

const scripts: Readonly<Record<number, Script>> = Object.assign(
  {},
  ...stories.map((story) => story.scripts),
);

export const scriptOf = (index: number): Script | null => scripts[index] ?? null;
