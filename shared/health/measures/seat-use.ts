import { type Measure, observed, unknown } from '../measure.ts';

/** Paid seats that nobody uses are the first thing a buyer cuts at renewal. */
export const seatUse: Measure = {
  id: 'seat_use',
  question: 'Are the seats they pay for in use?',
  needs: ['usage_daily.active_users', ['contracts.seats', 'accounts.entitled_seats']],

  judge({ seatsPaid, entitledSeats, activeUsersPeak28d, usageRows28d }) {
    const seats = seatsPaid ?? entitledSeats ?? 0;
    if (seats === 0) return unknown('no paid seats');
    if (activeUsersPeak28d === null && usageRows28d > 0) {
      return unknown('no active users recorded on days that are');
    }
    const active = activeUsersPeak28d ?? 0;

    // Guests can push active above paid; that is full use, not extra credit.
    const useRatio = Math.min(1, active / seats);

    return observed(useRatio, `${active} of ${seats} seats active on the best of 28 days`);
  },
};
