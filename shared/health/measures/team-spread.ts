import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';
import { historyOf, tooShort } from '../tenure.ts';

const FEWEST_DAYS = 56;

/** A product that lives in several teams outlives the reorganisation of one. */
export const teamSpread: Measure = {
  id: 'team_spread',
  question: 'Is it used by as many teams as it was?',
  needs: ['usage_daily.teams_active'],

  judge(account, { since }) {
    const { usageRows28d, teamsPeak28d, teamsPeakPrior56d } = account;
    if (usageRows28d > 0 && teamsPeak28d === null) {
      return unknown('no teams recorded on days that are');
    }
    const days = historyOf(account, since('usage_daily'));
    if (days < FEWEST_DAYS) {
      return unknown(tooShort(account, 'usage_daily', days, FEWEST_DAYS));
    }
    const recent = teamsPeak28d ?? 0;
    const usual = teamsPeakPrior56d ?? 0;
    // Used, and by no team in either time: its people have never been put into teams.
    if (usageRows28d > 0 && recent === 0 && usual === 0) return unknown('no teams to be used by');
    if (recent === 0) return observed(0, 'no team active in 28 days');
    const active = `${plural(recent, 'team')} on the best of 28 days`;
    if (usual === 0) return observed(1, `${active}, none in the 56 before`);

    return observed(recent / usual, `${active} against ${usual} in the 56 before`);
  },
};
