import type { Gate } from '../gate.ts';

/** A customer who has given notice on everything is leaving, however much they still log in. */
export const noticeGiven: Gate = {
  id: 'notice_given',
  needs: ['contracts.cancelled_on', 'contracts.cancel_recorded_on'],
  isOn: (policy) => policy.notice_given,

  judge({ arrCents, arrUnderNoticeCents }, { policy }) {
    if (!policy.notice_given || arrCents === 0 || arrUnderNoticeCents < arrCents) return null;
    return { cap: 'red', reason: 'notice given on all ARR' };
  },
};
