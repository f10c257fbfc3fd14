import { sampleTable } from './sample-table.ts';
import { usageDailySql } from './usage-daily-sql.ts';

/** What the product can do, what everybody uses first. */
export const features = [
  ...['reports', 'dashboards', 'data_sync', 'exports', 'alerts', 'comments', 'automations'],
  ...['templates', 'imports', 'classic_reports', 'approvals', 'mobile_app', 'forecasts'],
  ...['permissions', 'public_api', 'audit_log', 'scenarios', 'embedded_views'],
] as const;

/** Every fourth day for three times four weeks: each week day once in every four weeks. */
const sampled = { every: 4, days: 84 } as const;

/** Which features were used, told for some days only: enough to compare four weeks with four. */
export const featureUsage = sampleTable({
  name: 'feature_usage',
  columns: {},
  from: 'usage_daily',
  expand: (staged, window) => `
    SELECT account_id, day, (${featureList})[place + 1] AS feature,
      greatest(1, key_events // ((place + 1) * (place + 2))) AS events
    FROM (
      SELECT account_id, day, key_events, unnest(range(features_used)) AS place
      FROM (${usageDailySql(staged, { ...window, from: window.asOf - 1 - sampled.days })})
      WHERE (DATE '1970-01-01' + ${window.asOf - 1} - day) % ${sampled.every} = 0
    )`,
});

const featureList = `[${features.map((feature) => `'${feature}'`).join(', ')}]`;
