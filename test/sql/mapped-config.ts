/** A configuration that uses all that a mapping can say: selects, expressions, checks of its own. */
export const mappedConfig = `
company: Harbourline Software
time_zone: Europe/London
currency: { reporting: EUR, rates: { USD: 0.92, GBP: 1.17 } }
warehouse: { kind: duckdb, path: warehouse }
sources:
  accounts:
    select: |
      SELECT *, 'PLC' AS suffix FROM accounts WHERE created_on < :as_of
    columns:
      name: name || ' ' || suffix
      industry: null
      owner_name: upper(owner_email)
      strategic: coalesce(strategic, false)
      entitled_seats: entitled_seats * 2
  contracts:
    table: contracts
    columns:
      arr: CASE WHEN term_months > 12 THEN NULL ELSE arr END
      currency: coalesce(currency, 'USD')
      discount_pct: CAST(discount_pct AS DOUBLE) / 1.5E0
      recorded_at: CAST(signed_on AS TIMESTAMP)
  usage_daily:
    select: SELECT account_id, day, sessions AS visits, active_users FROM usage_daily;
    columns: { sessions: visits }
    freshness_days: 0
  support_tickets:
    table: support_tickets
    columns:
      severity: lower(severty)
  survey_responses: { table: no_such_table }
  feature_usage:
    select: SELECT *, 'core ' || feature AS core_feature FROM feature_usage
    columns: { feature: core_feature }
  invoices:
    table: invoices
    columns: { amount: CAST(amount AS DOUBLE) / 3E0, currency: "'GBP'" }
  contacts:
    table: contacts
    columns: { role: "CASE role WHEN 'user' THEN 'admin' ELSE role END" }
  touchpoints:
    table: touchpoints
    columns: { at: CAST("at" AS TIMESTAMP), attendee_role: null }
  success_plans:
    table: success_plans
    columns: { status: "CAST(NULL AS VARCHAR)", actual: actual * 2 }
  enablement:
    table: enablement
    columns: { completion_id: course || role }
  releases:
    select: |
      SELECT release_id, account_id, kind, "at" AS due, feature FROM releases -- "at" is a word
    columns: { at: due, recorded_at: "CAST(:as_of AS TIMESTAMP)" }
  fx_rates: { table: fx_rates }
data_quality:
  orphan_share: 0.02
  checks:
    - id: long_terms
      source: contracts
      offending: SELECT contract_id FROM contracts WHERE term_months > 12 AND start_date < :as_of
      expected: terms of a year
    - id: never
      source: accounts
      offending: SELECT account_id FROM accounts WHERE 1 = 0
      expected: nothing
    - id: refused
      source: accounts
      severity: warning
      offending: SELECT no_such_column FROM accounts
      expected: a column
`;
