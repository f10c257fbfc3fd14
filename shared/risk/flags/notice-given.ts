import { formatMoney } from '../../basics/money.ts';
import { clear, type Flag, raised } from '../flag.ts';

/** Until the last day it can be taken back, and it never is where nobody asks. */
export const noticeGiven: Flag = {
  id: 'notice_given',
  category: 'value_gap',
  question: 'Have they given notice?',
  needs: ['contracts.cancelled_on', 'contracts.cancel_recorded_on'],

  judge(account, { policy: { notice_given: rule }, currency }) {
    const { arrCents, arrUnderNoticeCents, noticeEndsOn, nextDecisionOn } = account;
    if (arrUnderNoticeCents === 0) return clear;
    const ends = noticeEndsOn === null ? '' : `, the first of it ends on ${noticeEndsOn}`;
    const underNotice = formatMoney(arrUnderNoticeCents, currency);
    if (arrUnderNoticeCents >= arrCents) {
      return raised(rule.all, `Notice given on all ARR, ${underNotice}${ends}`);
    }
    const rest = nextDecisionOn === null ? '' : `; the rest is next decided on ${nextDecisionOn}`;
    return raised(
      rule.part,
      `Notice given on ${underNotice} of ${formatMoney(arrCents, currency)} ARR${ends}${rest}`,
    );
  },
};
