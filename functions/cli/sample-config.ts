/** The configuration of the sample company: all a warehouse with Holdfast's own names needs. */
export const sampleConfig = `# The sample company of "holdfast demo".
# All that must be said for a warehouse whose columns are named as Holdfast names them;
# docs/configuration.md tells of everything else that can be.
company: Harbourline Software
time_zone: Europe/London
currency:
  reporting: USD
  rates: { EUR: 1.08, GBP: 1.27 }

warehouse:
  kind: duckdb
  path: warehouse

sources:
  accounts: { table: accounts }
  contracts: { table: contracts }
  usage_daily: { table: usage_daily }
  support_tickets: { table: support_tickets }
  survey_responses: { table: survey_responses }
`;
