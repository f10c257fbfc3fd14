import { judgeDeparture } from '../departure.ts';
import type { Flag } from '../flag.ts';

/** Whoever fought for us inside is gone, and the successor brings a product of their own. */
export const championGone: Flag = {
  id: 'champion_gone',
  category: 'champion_turnover',
  question: 'Has the last champion left?',
  needs: ['contacts.active_to'],

  judge({ asOf, championsActive, championLeftOn }, { policy, stage }) {
    const departure = { leftOn: championLeftOn, active: championsActive, asOf, stage };
    return judgeDeparture({ who: 'last champion', ...departure }, policy.champion_gone);
  },
};
