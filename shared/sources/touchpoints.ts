import { defineSource } from './source.ts';

/** When we last spoke with them, with whom, and about what. */
export const touchpoints = defineSource({
  id: 'touchpoints',
  grain: 'one row per touchpoint',
  required: false,
  key: ['touchpoint_id'],
  columns: {
    touchpoint_id: { type: 'text', required: true, meaning: 'stable id of the touchpoint' },
    account_id: {
      type: 'text',
      required: true,
      refersTo: 'accounts',
      meaning: 'account it was with',
    },
    kind: {
      type: 'text',
      required: true,
      oneOf: ['call', 'email', 'meeting', 'value_review', 'ebr'],
      meaning: 'how, or for what: an email is contact, but no touch',
    },
    at: { type: 'moment', required: true, meaning: 'when it took place' },
    attendee_role: {
      type: 'text',
      meaning: 'role of who took part for them; as in contacts, where one of those',
    },
  },
  known: (asOf) => `"at" < CAST(${asOf} AS TIMESTAMP)`,
  freshBy: 'at',
  freshnessDays: 7,
  features: {
    last_touch_on: 'day',
    last_contact_on: 'day',
    last_value_review_on: 'day',
    last_ebr_on: 'day',
    attendee_roles_180d: 'count',
  },
  // Grouped twice, because counting distinct roles in one pass costs far more.
  reduce: (rows, { daysAgo }) => `
    SELECT account_id,
      max(last_touch_on) AS last_touch_on,
      max(last_contact_on) AS last_contact_on,
      max(last_value_review_on) AS last_value_review_on,
      max(last_ebr_on) AS last_ebr_on,
      count_if(attendee_role IS NOT NULL AND last_contact_on >= ${daysAgo(180)})
        AS attendee_roles_180d
    FROM (
      SELECT account_id, attendee_role,
        max(took_place_on) AS last_contact_on,
        max(took_place_on) FILTER (WHERE kind <> 'email') AS last_touch_on,
        max(took_place_on) FILTER (WHERE kind IN ('value_review', 'ebr')) AS last_value_review_on,
        max(took_place_on) FILTER (WHERE kind = 'ebr') AS last_ebr_on
      FROM (
        SELECT account_id, attendee_role, kind, CAST("at" AS DATE) AS took_place_on FROM ${rows}
      ) dated
      GROUP BY account_id, attendee_role
    ) by_role
    GROUP BY account_id`,
});
