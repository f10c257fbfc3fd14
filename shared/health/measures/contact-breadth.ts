import { daysBetween } from '../../basics/day.ts';
import { plural } from '../../basics/text.ts';
import { type Measure, observed, unknown } from '../measure.ts';

const WINDOW_DAYS = 180;

/** An account we know through one person is lost when that person leaves. */
export const contactBreadth: Measure = {
  id: 'contact_breadth',
  question: 'Do we know them in several roles?',
  needs: ['touchpoints.attendee_role'],

  judge({ asOf, lastContactOn, attendeeRoles180d }) {
    if (attendeeRoles180d > 0) {
      return observed(
        attendeeRoles180d,
        `in touch with ${plural(attendeeRoles180d, 'role')} in 180 days`,
      );
    }
    // Silence is judged by how long ago we talked; here there is nobody to count.
    return lastContactOn === null || daysBetween(lastContactOn, asOf) > WINDOW_DAYS
      ? unknown('no touchpoint in 180 days')
      : unknown('no role recorded of anybody we were in touch with in 180 days');
  },
};
