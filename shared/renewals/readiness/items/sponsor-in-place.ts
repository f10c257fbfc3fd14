import { plural } from '../../../basics/text.ts';
import { done, missing, type ReadinessItem, unknown } from '../item.ts';

/** Somebody with a budget has to want it, or it is decided by those who do not. */
export const sponsorInPlace: ReadinessItem = {
  id: 'sponsor_in_place',
  title: 'Sponsor in place',
  question: 'Does an executive stand behind the renewal?',
  needs: ['contacts.role', 'contacts.active_from', 'contacts.active_to'],

  judge({ sponsorsActive, sponsorsEver, sponsorLeftOn, championsEver }) {
    if (sponsorsActive > 0) return done(`${plural(sponsorsActive, 'executive sponsor')} in place`);
    if (sponsorsEver > 0) {
      const since = sponsorLeftOn === null ? '' : `: the last left on ${sponsorLeftOn}`;
      return missing(`no executive sponsor in place${since}`);
    }
    // Where not even a champion is written down, nobody has written anything down.
    return championsEver > 0
      ? missing(`no executive sponsor was ever named, beside ${plural(championsEver, 'champion')}`)
      : unknown('no champion or executive sponsor was ever named');
  },
};
