import { addDays, addMonths, type Day, toDay } from '../../shared/basics/day.ts';
import { type Config, configSchema } from '../../shared/config/schema.ts';
import type { PublishedDay } from './published-week.ts';

/** The Sunday on which the weeks of the scenarios end. */
export const weekEnd = toDay('2026-11-22');
const weekAgo = addDays(weekEnd, -7);

type Health = NonNullable<PublishedDay['health']>;
type Account = Health['accounts'][number];
type Flag = NonNullable<Health['flags']>[number];
type Line = NonNullable<PublishedDay['renewals']>['forecast'][number];
type Decided = NonNullable<NonNullable<PublishedDay['renewals']>['decided']>[number];

/** A company as its tables tell of it, a week ago and today. */
export interface WeekScenario {
  readonly days: readonly PublishedDay[];
  readonly config: Config;
}

const OWNERS = ['lena.fischer@harbourline.example', 'j.tanaka@harbourline.example'];

const configOf = (reports: object = {}): Config =>
  configSchema.parse({
    company: 'Harbourline Software',
    warehouse: { kind: 'duckdb', path: '.' },
    sources: { accounts: { table: 'accounts' }, contracts: { table: 'contracts' } },
    reports: {
      weekly_summary: {
        recipients: [{ address: 'ceo@harbourline.example', name: 'Ana Duarte' }],
      },
      ...reports,
    },
  });

const account = (id: number, said: Account = {}): Account => ({
  ...{ account_id: `A-${id}`, name: `Customer ${id}`, segment: 'mid_market', motion: 'pooled' },
  ...{ lifecycle: 'adopting', region: 'EMEA', owner_email: OWNERS[id % 2] as string },
  ...{ arr_cents: 5_000_000, currency: 'USD', score: 82.4, band: 'green', coverage: 0.9 },
  ...{ trend: 'stable', change_28d: 0.4, top_driver: 'feature_depth', ...said },
});

const flag = (of: Account, said: Flag = {}): Flag => ({
  ...{ account_id: of.account_id, name: of.name, owner_email: of.owner_email },
  ...{ arr_cents: of.arr_cents, flag: 'usage_decline', severity: 'high', state: 'ongoing' },
  ...{ raised_on: addDays(weekEnd, -20), play: 'adoption_rescue', play_name: 'Adoption rescue' },
  ...{ evidence: '41 active users a week against 88 before', due_on: addDays(weekEnd, 10) },
  ...{ play_owner_email: of.owner_email, ...said },
});

const line = (of: Account, said: Line & { readonly inDays?: number } = {}): Line => {
  const { inDays = 60, ...more } = said;
  const dueOn = addDays(weekEnd, inDays);
  const probability = more.probability ?? 0.94;
  const due = more.due_arr_cents ?? of.arr_cents ?? 0;
  return {
    ...{ renewal_id: `R-${of.account_id}`, account_id: of.account_id, name: of.name },
    ...{ owner_email: of.owner_email, segment: of.segment, product: 'Platform', state: 'open' },
    ...{ due_on: dueOn, decision_on: addDays(dueOn, -5), category: 'commit', probability },
    ...{ because: '94 % of 112 green renewals of the past stayed', band: of.band ?? 'green' },
    ...{ due_arr_cents: due, expected_cents: Math.round(due * probability), currency: 'USD' },
    ...more,
  };
};

interface Retention {
  readonly arr: number;
  readonly nrr: number;
  readonly grr: number;
  /** Months that the trend goes back; 0: this one alone. */
  readonly months?: number;
}

/** The rollup of a day by all three methods, and the month ends before it. */
const rollups = (asOf: Day, { arr, nrr, grr, months = 12 }: Retention) => {
  const opening = Math.round((arr * 100) / nrr);
  const retained = Math.round(opening * grr);
  const lost = retained - opening;
  const row = (end: Day, change: number, method = 'point_to_point') => ({
    ...{ window: 'trailing_12_months', cut: 'all', cut_value: 'all', method, window_end: end },
    ...{ window_start: addMonths(end, -12), is_default_method: method === 'point_to_point' },
    ...{ nrr: nrr + change, grr: Math.min(1, grr + change), target_nrr: 1.05, target_grr: 0.9 },
    ...{ opening_arr_cents: opening, closing_arr_cents: arr * 100, currency: 'USD' },
    ...{ churn_arr_cents: lost, expansion_arr_cents: arr * 100 - opening - lost },
  });
  const ends = Array.from({ length: months }, (_, back) => addMonths(toDay('2026-11-01'), -back));
  return [
    row(asOf, 0),
    row(asOf, 0.012, 'monthly_compound'),
    row(asOf, 0.015, 'waterfall'),
    ...ends.map((end, back) => row(end, 0.003 * (back + 1))),
  ];
};

const won = (of: Account, said: Decided = {}): Decided => ({
  ...{ renewal_id: `W-${of.account_id}`, account_id: of.account_id, name: of.name },
  ...{ owner_email: of.owner_email, state: 'renewed', decided_on: addDays(weekEnd, -2) },
  ...{ decision_on: addDays(weekEnd, 9), says: 'renewed early for 24 months' },
  ...{ due_arr_cents: of.arr_cents, renewed_arr_cents: (of.arr_cents ?? 0) * 1.1, ...said },
});

const trend = [
  { day: weekAgo, mean_score: 74.1, red_arr_cents: 40_000_000, accounts: 24 },
  { day: weekEnd, mean_score: 74.3, red_arr_cents: 40_000_000, accounts: 24 },
];

/** Two dozen customers, of whom two are in danger. */
const base = Array.from({ length: 24 }, (_, index) => {
  const segment = index < 6 ? 'enterprise' : index < 14 ? 'mid_market' : 'smb';
  const arr = index < 6 ? 40_000_000 : index < 14 ? 8_000_000 : 1_200_000;
  return account(index + 1, { segment, arr_cents: arr + index * 10_000 });
});
const [orban, kestrel, ...healthy] = base as [Account, Account, ...Account[]];
const inDanger = [
  { ...orban, name: 'Orbán & Søn Logistics', band: 'red', score: 31.2, change_28d: -22.1 },
  { ...kestrel, name: '株式会社ミナト', band: 'red', score: 38.4, change_28d: -6.2 },
];
const accounts = [...inDanger, ...healthy];
const steady = { arr: 3_340_000, nrr: 1.061, grr: 0.912 };

const quietDays = (said: Partial<PublishedDay> = {}): PublishedDay[] =>
  [weekAgo, weekEnd].map((asOf) => ({
    asOf,
    health: { accounts: [...inDanger.slice(0, 1), ...healthy], trend },
    revenue: rollups(asOf, steady),
    renewals: {
      forecast: healthy.slice(0, 8).map((one, at) => line(one, { inDays: 20 + 9 * at })),
    },
    ...said,
  }));

const bad: PublishedDay = {
  asOf: weekEnd,
  health: {
    ...{ accounts, trend },
    flags: [
      flag(inDanger[0] as Account, {
        ...{ flag: 'champion_left', severity: 'critical', raised_on: addDays(weekEnd, -3) },
        evidence: 'the champion left on 12 Nov, and 38 % fewer seats are active than in October',
        due_on: addDays(weekEnd, -1),
      }),
      flag(inDanger[1] as Account, { raised_on: addDays(weekEnd, -30) }),
      flag(healthy[0] as Account, {
        ...{ state: 'cleared', cleared_on: addDays(weekEnd, -2), severity: 'high' },
        cleared_because: 'usage is back at 96 % of what it was',
      }),
    ],
    movements: inDanger.map((one) => ({
      ...{ account_id: one.account_id, since: '28_days', from_band: 'yellow', to_band: 'red' },
      ...{ from_score: 53.3, to_score: one.score, change: one.change_28d },
      ...{ input: one.change_28d, weight: 0, configuration: 0, coverage: 0 },
    })),
    measures: [
      { cut: 'all', cut_value: 'all', measure: 'milestones_on_time', mean_points: 58.2 },
      { cut: 'all', cut_value: 'all', measure: 'feature_depth', mean_points: 61, mean_lost: 3.4 },
    ],
  },
  revenue: rollups(weekEnd, { arr: 3_290_000, nrr: 1.043, grr: 0.897 }),
  renewals: {
    forecast: [
      line(inDanger[0] as Account, {
        ...{ inDays: 12, category: 'at_risk', probability: 0.35 },
        because: 'red, due within 30 days: 35 % by the starting table',
      }),
      line(inDanger[1] as Account, { inDays: 44, category: 'at_risk', probability: 0.42 }),
      ...healthy.slice(0, 10).map((one, at) => line(one, { inDays: 20 + 7 * at })),
    ],
    decided: [
      won(healthy[4] as Account),
      won(healthy[5] as Account, {
        state: 'lapsed',
        renewed_arr_cents: null,
        says: 'ended on 20 Nov with nothing signed',
      }),
    ],
  },
};

const hostileName = '<script>alert(1)</script>\r\nBcc: all@evil.example \u202egnp.exe ';
const hostile = [
  account(1, { name: hostileName, band: 'red', score: 12 }),
  account(2, { name: '=HYPERLINK("https://evil.example","Click")', band: 'red', score: 20 }),
  account(3, { name: `${'長い名前'.repeat(2500)}`, band: 'red', score: 30 }),
  account(4, { name: '👩‍🚀'.repeat(300), owner_email: 'a@b.example\r\nBcc: c@evil.example' }),
];

/** So many accounts at risk that no mail and no page could hold them. */
const crowd = Array.from({ length: 40_000 }, (_, index) =>
  account(index + 1, {
    ...{ band: 'red', score: (index % 390) / 10, segment: index % 3 === 0 ? 'smb' : 'mid_market' },
    arr_cents: 1_000_000 + (index % 977) * 1000,
    owner_email: `csm${index % 40}@harbourline.example`,
  }),
);

const focus = {
  ...{ lever: 'Onboarding on time', owner: 'lena.fischer@harbourline.example' },
  ...{ measure: 'milestones_on_time', since: '2026-09-01', from_points: 52, target_points: 75 },
};

const few = base.slice(0, 3).map((one) => ({ ...one, segment: 'smb' }));

/** Weeks of every kind; each has a folder of what people are sent. */
export const weekScenarios: Readonly<Record<string, () => WeekScenario>> = {
  'quiet-week': () => ({ config: configOf(), days: quietDays() }),
  'bad-news': () => ({ config: configOf({ focus }), days: [...quietDays().slice(0, 1), bad] }),
  'stale-data': () => ({
    config: configOf(),
    days: quietDays().map((day) => ({
      ...day,
      asOf: day.asOf === weekEnd ? addDays(weekEnd, -3) : day.asOf,
      revenue: rollups(day.asOf === weekEnd ? addDays(weekEnd, -3) : day.asOf, steady),
      health: {
        accounts,
        sources: [
          {
            ...{ id: 'usage_daily', status: 'stale' as const, rows: 0, freshness_days: 3 },
            reason: 'usage_daily is 9 days old and may be 3',
            last_day: addDays(weekEnd, -9),
          },
        ],
      },
    })),
  }),
  'first-week': () => ({
    config: configOf(),
    days: [
      {
        ...quietDays()[1],
        asOf: weekEnd,
        health: { accounts },
        revenue: rollups(weekEnd, { ...steady, months: 0 }),
      } as PublishedDay,
    ],
  }),
  'one-segment': () => ({
    config: configOf(),
    days: quietDays().map((day) => ({
      ...day,
      health: { accounts: accounts.map((one) => ({ ...one, segment: 'smb' })), trend },
      revenue: rollups(day.asOf, { ...steady, arr: day.asOf === weekEnd ? 3_400_000 : 3_340_000 }),
      ...(day.asOf === weekEnd ? { revenue: rollups(day.asOf, { ...steady, nrr: 1.071 }) } : {}),
    })),
  }),
  'three-accounts': () => ({
    config: configOf(),
    days: [
      {
        asOf: weekEnd,
        health: { accounts: few },
        revenue: rollups(weekEnd, { arr: 1_200_000, nrr: 1, grr: 1, months: 2 }),
        renewals: { forecast: [] },
      },
    ],
  }),
  'forty-thousand-at-risk': () => ({
    config: configOf({ csm_weekly: false }),
    days: [
      {
        asOf: weekEnd,
        health: { accounts: crowd, flags: crowd.slice(0, 900).map((one) => flag(one)) },
        revenue: rollups(weekEnd, { arr: 600_000_000, nrr: 0.81, grr: 0.74 }),
        renewals: {
          forecast: crowd.map((one, at) =>
            line(one, { inDays: 3 + (at % 200), category: 'at_risk', probability: 0.3 }),
          ),
        },
      },
    ],
  }),
  hostile: () => ({
    config: configOf(),
    days: [
      {
        asOf: weekEnd,
        health: {
          accounts: hostile,
          flags: hostile.map((one) => flag(one, { evidence: hostileName, severity: 'critical' })),
        },
        revenue: rollups(weekEnd, steady),
        renewals: {
          forecast: hostile.map((one) =>
            line(one, { inDays: 9, category: 'at_risk', because: hostileName }),
          ),
        },
      },
    ],
  }),
};
