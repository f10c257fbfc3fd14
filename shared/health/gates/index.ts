import type { Gate } from '../gate.ts';
import { criticalTicket } from './critical-ticket.ts';
import { noticeGiven } from './notice-given.ts';
import { sponsorGone } from './sponsor-gone.ts';
import { usageTrap } from './usage-trap.ts';

/** Every gate; where several close, the lowest cap counts, and the earlier of equals is named. */
export const gates: readonly Gate[] = [noticeGiven, criticalTicket, sponsorGone, usageTrap];
