import { peopleOf } from './people.ts';
import { sampleTable } from './sample-table.ts';

/** Who is who at a customer, and since when; those who left keep their row. */
export const contacts = sampleTable({
  name: 'contacts',
  columns: {
    contact_id: 'VARCHAR',
    account_id: 'VARCHAR',
    role: 'VARCHAR',
    active_from: 'DATE',
    active_to: 'DATE',
  },

  *rows(story) {
    for (const { contactId, role, from, to } of peopleOf(story)) {
      yield {
        contact_id: contactId,
        account_id: story.accountId,
        role,
        active_from: from,
        active_to: to,
      };
    }
  },
});
