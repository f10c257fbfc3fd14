import type { Gate } from '../gate.ts';

/** Who signed the contract is gone, and whoever comes next has to be won anew. */
export const sponsorGone: Gate = {
  id: 'sponsor_gone',
  needs: ['contacts.role', 'contacts.active_from', 'contacts.active_to'],
  isOn: (policy) => policy.sponsor_gone,

  judge({ sponsorsActive, sponsorLeftOn }, { policy }) {
    if (!policy.sponsor_gone || sponsorsActive > 0 || sponsorLeftOn === null) return null;
    return {
      cap: 'yellow',
      reason: `executive sponsor left on ${sponsorLeftOn} and none is in place`,
    };
  },
};
