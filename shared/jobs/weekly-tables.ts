import { weeklyEvents } from '../publish/event-tables.ts';
import { summaryMessages } from '../publish/outbox-tables.ts';

/** What weekly-summary publishes beside the page and the mails. */
export const weeklyTables = { summaryMessages, weeklyEvents };
