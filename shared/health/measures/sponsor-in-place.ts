import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';

/** A renewal that nobody with a budget wants is decided by those who do not. */
export const sponsorInPlace: Measure = {
  id: 'sponsor_in_place',
  question: 'Does an executive stand behind it?',
  needs: ['contacts.role', 'contacts.active_from', 'contacts.active_to'],

  judge({ sponsorsActive, sponsorsEver, sponsorLeftOn }) {
    if (sponsorsEver === 0) return unknown('no executive sponsor was ever named');
    if (sponsorsActive > 0) {
      return observed(sponsorsActive, `${plural(sponsorsActive, 'executive sponsor')} in place`);
    }
    const since = sponsorLeftOn === null ? '' : `, the last left on ${sponsorLeftOn}`;
    return observed(0, `no executive sponsor in place${since}`);
  },
};
