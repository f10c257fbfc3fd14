import type { PlayDefaults } from './default-plays.ts';

/** What to do where a measure is weak and no flag is up: in time, and without alarm. */
export const carePlays = {
  seat_rollout: {
    name: 'Seat rollout',
    actions: [
      'List the seats that were never used with the admin',
      'Invite the missing teams to an enablement session',
      'Agree the next rollout step, or a smaller plan before they ask for one',
    ],
    owner: 'csm',
  },
  feature_adoption: {
    name: 'Feature adoption',
    actions: [
      'Pick the two unused features that serve their goal best',
      'Show them on their own data in a working session',
      'Check use after four weeks',
    ],
    owner: 'csm',
  },
  value_review: {
    name: 'Value review',
    actions: [
      'Work out what the product has returned, with their figures',
      'Hold a value review with champion and sponsor',
      'Set the day of the next one',
    ],
    owner: 'csm',
    due_days: { medium: 30, low: 45 },
  },
  enablement: {
    name: 'Enablement',
    actions: [
      'Offer role-based training to admins and users apart',
      'Set a certification goal with the admin',
    ],
    owner: 'csm',
    due_days: { medium: 30, low: 45 },
  },
  advocacy_invitation: {
    name: 'Advocacy invitation',
    actions: [
      'Pick an outcome that they are proud of',
      'Invite them to the community, a reference or the advisory board',
    ],
    owner: 'csm',
    due_days: { low: 60 },
  },
} as const satisfies Record<string, PlayDefaults>;
