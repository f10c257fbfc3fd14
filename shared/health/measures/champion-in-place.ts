import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';

/** A champion explains the product when we are not in the room. */
export const championInPlace: Measure = {
  id: 'champion_in_place',
  question: 'Does somebody inside speak for it?',
  needs: ['contacts.role', 'contacts.active_from', 'contacts.active_to'],

  judge({ championsActive, championsEver, championLeftOn }) {
    if (championsEver === 0) return unknown('no champion was ever named');
    if (championsActive > 0) {
      return observed(championsActive, `${plural(championsActive, 'champion')} in place`);
    }
    const since = championLeftOn === null ? '' : `, the last left on ${championLeftOn}`;
    return observed(0, `no champion in place${since}`);
  },
};
