import { judgeDeparture } from '../departure.ts';
import type { Flag } from '../flag.ts';

/** Budgets are defended by people: a successor asks what this is for before they sign. */
export const sponsorGone: Flag = {
  id: 'sponsor_gone',
  category: 'champion_turnover',
  question: 'Has the last executive sponsor left?',
  needs: ['contacts.active_to'],

  judge({ asOf, sponsorsActive, sponsorLeftOn }, { policy, stage }) {
    const departure = { leftOn: sponsorLeftOn, active: sponsorsActive, asOf, stage };
    return judgeDeparture({ who: 'last executive sponsor', ...departure }, policy.sponsor_gone);
  },
};
