import type { Day } from '../../basics/day.ts';
import { formatMoney } from '../../basics/money.ts';
import { plural } from '../../basics/text.ts';
import type { Tile, Tiles } from '../mail-content.ts';
import { moneyChange, ratio, ratioChange } from '../words/change.ts';
import { shortDay } from '../words/days.ts';
import type { RenewalFigures, RevenueFigures, WeeklyFigures } from './figures.ts';

/** The four figures of every week; one that is not known says so in its place. */
export const weeklyTiles = ({ revenue, renewals, asOf, currency }: WeeklyFigures): Tiles => ({
  kind: 'tiles',
  tiles: [
    retentionTile('NRR', revenue, asOf),
    retentionTile('GRR', revenue, asOf),
    arrTile(revenue, { asOf, currency }),
    riskTile(renewals, { asOf, currency }),
  ],
});

const unknown = (label: string): Tile => {
  return { label, value: '–', change: null, about: 'not published of late' };
};

function retentionTile(label: 'NRR' | 'GRR', revenue: RevenueFigures | null, asOf: Day): Tile {
  if (revenue === null) return unknown(label);
  const [is, target] =
    label === 'NRR' ? [revenue.nrr, revenue.targetNrr] : [revenue.grr, revenue.targetGrr];
  const then = label === 'NRR' ? revenue.before?.nrr : revenue.before?.grr;
  const since = revenue.before === null ? '' : shortDay(revenue.before.on, asOf);
  return {
    label: `${label}, 12 months`,
    value: is === null ? '–' : ratio(is),
    change: ratioChange(then ?? null, is, since),
    about: is === null ? (revenue.reason ?? 'not known') : aboutTarget(target),
  };
}

const aboutTarget = (target: number | null): string =>
  target === null ? 'no target' : `target ${ratio(target)}`;

interface About {
  readonly asOf: Day;
  readonly currency: string;
}

function arrTile(revenue: RevenueFigures | null, { asOf, currency }: About): Tile {
  if (revenue === null) return unknown('ARR');
  const { arr, before, bridge } = revenue;
  const since = before === null ? '' : shortDay(before.on, asOf);
  const from = before?.arr ?? null;
  return {
    label: 'ARR',
    value: formatMoney(arr, currency),
    change: moneyChange({ from, to: arr, currency, since, isGood: true }),
    about: `${formatMoney(bridge.opening, currency)} a year ago`,
  };
}

function riskTile(renewals: RenewalFigures | null, { asOf, currency }: About): Tile {
  if (renewals === null) return unknown('Renewals at risk');
  const { atRisk, before, withinDays, on } = renewals;
  const change = moneyChange({
    ...{ from: before?.arr ?? null, to: atRisk.arr, currency, isGood: false },
    since: before === null ? '' : shortDay(before.on, asOf),
  });
  const old = on === asOf ? '' : `, told on ${shortDay(on, asOf)}`;
  return {
    label: 'Renewals at risk',
    value: formatMoney(atRisk.arr, currency),
    change,
    about: `${plural(atRisk.accounts, 'renewal')}, next ${withinDays} days${old}`,
  };
}
