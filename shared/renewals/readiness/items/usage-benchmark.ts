import { grouped, plural } from '../../../basics/text.ts';
import { done, missing, type ReadinessItem, unknown } from '../item.ts';

/** Seats that nobody uses are cut at the renewal: it is better to know four months before. */
export const usageBenchmark: ReadinessItem = {
  id: 'usage_benchmark',
  title: 'Usage benchmark met',
  question: 'Are enough of the seats they pay for in use?',
  needs: ['usage_daily.active_users', ['contracts.seats', 'accounts.entitled_seats']],

  judge({ seatsPaid, entitledSeats, activeUsersPeak28d, usageRows28d }, { policy }) {
    const seats = seatsPaid ?? entitledSeats ?? 0;
    if (seats <= 0) return unknown('no paid seats');
    if (usageRows28d === 0) return missing(`no use at all in 28 days of ${plural(seats, 'seat')}`);
    if (activeUsersPeak28d === null) return unknown('no active users recorded on days that are');
    const { at_least } = policy.usage_benchmark;
    const active = `${grouped(activeUsersPeak28d)} of ${plural(seats, 'seat')} active on the best of 28 days`;
    const needed = Math.ceil(seats * at_least);
    return activeUsersPeak28d >= needed ? done(active) : missing(`${active}; ${needed} are needed`);
  },
};
