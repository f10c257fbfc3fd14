import { bridgeChart } from '../charts/bridge-chart.ts';
import type { Chart } from '../charts/chart.ts';
import { healthMixChart } from '../charts/health-mix-chart.ts';
import { renewalsByWeekChart } from '../charts/renewals-by-week-chart.ts';
import { trendChart } from '../charts/trend-chart.ts';
import { shortDay } from '../words/days.ts';
import { bridgeTitle, healthTitle, trendAbout, trendTitle, weeksTitle } from './chart-titles.ts';
import type { WeeklyFigures } from './figures.ts';
import type { WeeklyChart } from './weekly-chart.ts';

/** Narrower than a mail, which shows them larger: on a telephone they can still be read. */
const WIDTH = 460;

/** The charts of a week, each under the sentence that it shows; of what is not published there is none. */
export const weeklyCharts = (week: WeeklyFigures): readonly WeeklyChart[] => {
  const { revenue, health, renewals, asOf, currency } = week;
  const charts: WeeklyChart[] = [];
  const add = (id: WeeklyChart['id'], title: string, about: string | null, chart: Chart) => {
    charts.push({ id, title, about, ...chart });
  };
  if (revenue !== null) {
    const targets = { nrr: revenue.targetNrr, grr: revenue.targetGrr };
    const trend = trendChart({ months: revenue.trend, targets, width: WIDTH });
    add('trend', trendTitle(revenue), trendAbout(revenue), trend);
    const { bridge, on } = revenue;
    const about = `ARR from ${shortDay(bridge.from, asOf)} to ${shortDay(on, asOf)}.`;
    const steps = bridgeChart({ ...bridge, to: on, currency, width: WIDTH });
    add('bridge', bridgeTitle(bridge, currency), about, steps);
  }
  if (health !== null) {
    const segments = health.segments.map((mix) => ({
      ...mix,
      segment: mix.segment.replaceAll('_', ' '),
    }));
    const title = healthTitle(health.segments, health.all);
    const about = 'Share of the ARR of each segment by the band of its accounts.';
    add('health', title, about, healthMixChart({ segments, currency, width: WIDTH }));
  }
  if (renewals !== null) {
    const title = weeksTitle(renewals.weeks, { asOf, currency, late: renewals.late.arr });
    const about =
      'ARR of open renewals by the week they are due in, from today on; what is late stands in the first.';
    add(
      'weeks',
      title,
      about,
      renewalsByWeekChart({ weeks: renewals.weeks, currency, width: WIDTH }),
    );
  }
  return charts;
};
