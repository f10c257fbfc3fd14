import { type SqlMeasure, tooNew } from '../sql-measure.ts';

const outcomesMet: SqlMeasure = {
  value: 'CASE WHEN objectives > 0 THEN outcome_progress END',
  evidence: `objectives_met || ' of ' || counted(objectives, 'objective') || ' met, '
    || objectives_measured || ' measured at ' || whole(outcome_progress * 100) || ' % of target'`,
  reason: `CASE WHEN objectives = 0 THEN 'no objective agreed'
    ELSE counted(objectives, 'objective') || ' agreed, none measured' END`,
};

const planReviewed: SqlMeasure = {
  value: `CASE WHEN objectives > 0
    THEN CAST(as_of_day - coalesce(plan_reviewed_on, customer_since) AS DOUBLE) END`,
  evidence: `'plan of ' || counted(objectives, 'objective') || CASE WHEN plan_reviewed_on IS NULL
    THEN ' never reviewed in ' || counted(tenure, 'day') || ' as a customer'
    ELSE ' reviewed ' || counted(as_of_day - plan_reviewed_on, 'day') || ' ago' END`,
  reason: `CASE WHEN objectives = 0 THEN 'no objective agreed' ELSE 'not yet a customer' END`,
};

const valueReview: SqlMeasure = {
  value: `CASE WHEN last_value_review_on IS NOT NULL
      THEN CAST(as_of_day - last_value_review_on AS DOUBLE)
    WHEN tenure >= 90 THEN CAST(tenure AS DOUBLE) END`,
  evidence: `CASE WHEN last_value_review_on IS NULL
    THEN 'no value review in ' || counted(tenure, 'day') || ' as a customer'
    ELSE 'last value review ' || counted(as_of_day - last_value_review_on, 'day') || ' ago' END`,
  reason: tooNew('a first value review is due after 90'),
};

const sponsorInPlace: SqlMeasure = {
  value: 'CASE WHEN sponsors_ever > 0 THEN CAST(sponsors_active AS DOUBLE) END',
  evidence: `CASE WHEN sponsors_active > 0
    THEN counted(sponsors_active, 'executive sponsor') || ' in place'
    ELSE 'no executive sponsor in place' || coalesce(', the last left on ' || sponsor_left_on, '')
    END`,
  reason: `'no executive sponsor was ever named'`,
};

const championInPlace: SqlMeasure = {
  value: 'CASE WHEN champions_ever > 0 THEN CAST(champions_active AS DOUBLE) END',
  evidence: `CASE WHEN champions_active > 0 THEN counted(champions_active, 'champion') || ' in place'
    ELSE 'no champion in place' || coalesce(', the last left on ' || champion_left_on, '') END`,
  reason: `'no champion was ever named'`,
};

const contactRecency: SqlMeasure = {
  value: `CAST(as_of_day - coalesce(last_touch_on, customer_since) AS DOUBLE) / touch_days`,
  evidence: `CASE WHEN last_touch_on IS NULL
      THEN 'no call or meeting in ' || counted(tenure, 'day') || ' as a customer'
      ELSE 'last call or meeting ' || counted(as_of_day - last_touch_on, 'day') || ' ago' END
    || ', one every ' || touch_days || ' is meant'`,
  reason: `'not yet a customer'`,
};

const contactBreadth: SqlMeasure = {
  value: 'CASE WHEN attendee_roles_180d > 0 THEN CAST(attendee_roles_180d AS DOUBLE) END',
  evidence: `'in touch with ' || counted(attendee_roles_180d, 'role') || ' in 180 days'`,
  reason: `CASE WHEN coalesce(as_of_day - last_contact_on > 180, true)
    THEN 'no touchpoint in 180 days'
    ELSE 'no role recorded of anybody we were in touch with in 180 days' END`,
};

/** What they bought it for, and whom we know there. */
export const relationshipMeasures = {
  outcomes_met: outcomesMet,
  plan_reviewed: planReviewed,
  value_review: valueReview,
  sponsor_in_place: sponsorInPlace,
  champion_in_place: championInPlace,
  contact_recency: contactRecency,
  contact_breadth: contactBreadth,
};
