import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bridgeChart } from '../../shared/reports/charts/bridge-chart.ts';
import { healthMixChart } from '../../shared/reports/charts/health-mix-chart.ts';
import { renewalsByWeekChart } from '../../shared/reports/charts/renewals-by-week-chart.ts';
import { trendChart } from '../../shared/reports/charts/trend-chart.ts';
import { faultsOf } from '../kit/chart-marks.ts';

const charts = { bridgeChart, healthMixChart, renewalsByWeekChart, trendChart };

const folder = join(import.meta.dirname, 'charts');
const update = process.env.UPDATE_GOLDEN === '1';

test.each(readdirSync(folder))('the chart of %s looks as it did', (scenario) => {
  const at = (name: string) => join(folder, scenario, name);
  const { chart, data } = JSON.parse(readFileSync(at('data.json'), 'utf8'));
  const { svg, alt, ...drawn } = charts[chart as keyof typeof charts](data);
  expect(faultsOf({ svg, alt, ...drawn })).toEqual([]);
  const files = {
    'chart.svg': `${svg.replace(/></g, '>\n<')}\n`,
    'alt.txt': `${alt}\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    if (update || !existsSync(at(name))) writeFileSync(at(name), text);
    else expect(text, name).toBe(readFileSync(at(name), 'utf8'));
  }
});
