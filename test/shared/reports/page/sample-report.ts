import { addDays, type Day, toDay } from '../../../../shared/basics/day.ts';
import { roundTo } from '../../../../shared/basics/ratio.ts';
import type { PageAccount, ReceiptLine, Report } from '../../../../shared/reports/page/report.ts';

const pageDay: Day = toDay('2026-11-22');

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" class="chart" width="560" height="40" viewBox="0 0 560 40" role="img" aria-label="NRR 111.5 %"><rect width="560" height="40" class="f-ground" fill="#ffffff"/><path d="M0,30L560,10" class="s-first" fill="none" stroke="#1d4ed8"/></svg>';

/** One account with everything known of it; a test says what is different. */
export const pageAccount = (change: Partial<PageAccount> = {}): PageAccount => ({
  accountId: 'A-1',
  name: 'Meridian Retail',
  segment: 'enterprise',
  ownerName: 'Lena Fischer',
  ownerEmail: 'lena.fischer@harbourline.example',
  region: 'EMEA',
  lifecycle: 'renewing',
  arrCents: 63_700_000,
  score: 39.9,
  band: 'red',
  change28: -4.1,
  driver: 'seat_use',
  renewalOn: toDay('2027-01-08'),
  coverage: 0.86,
  gate: { effect: -7.1, reason: 'an executive sponsor has left and none is in place' },
  note: null,
  flags: [
    {
      signal: 'Sponsor gone',
      severity: 'critical',
      evidence: 'executive sponsor left on 2026-11-02',
    },
  ],
  receipt: pageReceipt,
  ...change,
});

const line = (change: Partial<ReceiptLine>): ReceiptLine => ({
  ...{
    measure: 'seat_use',
    value: null,
    points: null,
    weight: 0,
    contribution: null,
    reason: null,
  },
  ...change,
});

/** Sums to 47.0, of which the gate takes 7.1. */
const pageReceipt: readonly ReceiptLine[] = [
  line({
    ...{ measure: 'seat_use', value: '412 of 1,200 seats active in 28 days', weight: 50 },
    ...{ points: 34.3, contribution: 20.2 },
  }),
  line({
    ...{ measure: 'nps', value: '3 promoters, 1 detractor of 6 answers', weight: 35 },
    ...{ points: 65.1, contribution: 26.8 },
  }),
  line({ measure: 'csat', weight: 15, contribution: 0, reason: 'nobody answered in 180 days' }),
];

/** A whole week; a test says what is different. */
export const pageReport = (change: Partial<Report> = {}): Report => ({
  company: 'Harbourline Software',
  asOf: pageDay,
  weekOf: toDay('2026-11-16'),
  currency: 'USD',
  definitionsId: 'weekly-1-0123456789ab',
  headline: {
    conclusion: 'Expansion is carrying NRR, but GRR has slipped below target for a second month',
    lede: ['ARR reached $50.0M.', '$2.38M renewing in the next 90 days is now red.'],
  },
  warnings: [],
  tiles: [
    {
      ...{ label: 'NRR, 12 months', value: '111.5 %', target: 'Target 110 %', note: null },
      change: { words: '+0.4 points since October', tone: 'good' },
    },
    {
      ...{ label: 'GRR, 12 months', value: '91.1 %', target: 'Target 92 %', note: null },
      change: { words: '−0.4 points since October', tone: 'bad' },
    },
    {
      ...{ label: 'ARR', value: '$50.0M', target: null, note: '+3.8 % this quarter' },
      change: { words: '+$212K this week', tone: 'good' },
    },
    {
      ...{
        label: 'At-risk renewals',
        value: '$2.38M',
        target: null,
        note: '9 in the next 90 days',
      },
      change: { words: '+$410K this week', tone: 'bad' },
    },
  ],
  decisions: [
    {
      what: 'Name a sponsor for Meridian Retail',
      why: '$637K renews on 8 January and nobody with a budget stands behind it.',
      owner: 'Lena Fischer',
      dueOn: toDay('2026-11-27'),
    },
    { what: 'Extend the pilot', why: 'It ends before it is judged.', owner: null, dueOn: null },
  ],
  charts: [
    {
      ...{
        title: 'NRR is 1.5 points above target; GRR is 0.9 below',
        svg: SVG,
        alt: 'NRR 111.5 %',
      },
      table: {
        columns: [
          { title: 'Month', isFigure: false },
          { title: 'NRR', isFigure: true },
        ],
        rows: [['Oct 2026', '111.1 %']],
      },
    },
  ],
  sections: [
    {
      title: 'Largest accounts at risk',
      about: 'By ARR renewing within 90 days.',
      table: {
        columns: [
          { title: 'Account', isFigure: false },
          { title: 'ARR', isFigure: true },
          { title: 'Health', isFigure: false },
        ],
        rows: [
          [{ accountId: 'A-1', name: 'Meridian Retail' }, '$637K', { badge: 'Red', tone: 'bad' }],
        ],
      },
      empty: 'No account is at risk.',
    },
    {
      ...{ title: 'Wins', about: null, empty: 'No win was recorded this week.' },
      table: { columns: [{ title: 'Account', isFigure: false }], rows: [] },
    },
  ],
  accounts: [
    pageAccount(),
    pageAccount({
      ...{ accountId: 'A-2', name: 'Corvid Foods', score: 82.4, band: 'green', change28: 1.2 },
      ...{ arrCents: 12_050_000, driver: null, gate: null, flags: [], receipt: null },
    }),
    pageAccount({
      ...{ accountId: 'A-3', name: null, score: null, band: 'unscored', change28: null },
      ...{ coverage: 0.31, renewalOn: null, ownerName: null, ownerEmail: null, region: null },
      ...{ gate: null, flags: [], receipt: [], note: 'coverage 0.31 is below 0.5', driver: null },
      ...{ segment: 'smb', lifecycle: 'onboarding', arrCents: 980_000 },
    }),
  ],
  accountsLeftOut: 0,
  questions: { seat_use: 'Are the seats they pay for in use?' },
  freshness: [
    { source: 'accounts', status: 'ready', reason: null },
    { source: 'usage_daily', status: 'stale', reason: 'last day 2026-11-17, expected 2026-11-21' },
  ],
  exclusions: ['2 accounts without a live contract'],
  why: 'You get this because reports.weekly_summary names you.',
  ...change,
});

const NAMES = 'Aster Corvid Kestrel Marrow Meridian Ostara Quillon Vireo Halden Sorrel'.split(' ');
const TRADES = 'Bank Energy Foods Labs Logistics Retail Robotics Schools Systems'.split(' ');
const OWNERS = ['Lena Fischer', 'Jun Tanaka', 'Priya Raman', 'Mo Oyelaran', 'Ana Pires'];
const MEASURES = Array.from({ length: 33 }, (_, at) => `measure_${at}`);

/** So many accounts with receipts of 33 lines, the same each time. */
export const manyAccounts = (count: number): PageAccount[] => {
  const next = numbers(42);
  return Array.from({ length: count }, (_, at) => {
    const score = roundTo(15 + next(850) / 10, 1);
    const owner = OWNERS[next(OWNERS.length)] as string;
    return pageAccount({
      accountId: `ACC-${at}`,
      name: `${NAMES[next(NAMES.length)]} ${TRADES[next(TRADES.length)]} ${at}`,
      segment: ['enterprise', 'mid_market', 'smb'][next(3)] as string,
      lifecycle: ['onboarding', 'adopting', 'renewing'][next(3)] as string,
      ownerName: owner,
      ownerEmail: `${owner.toLowerCase().replace(' ', '.')}@harbourline.example`,
      arrCents: 1_000_000 + next(90_000_000),
      ...{ score, band: score >= 70 ? 'green' : score >= 40 ? 'yellow' : 'red', gate: null },
      change28: roundTo((next(200) - 100) / 10, 1),
      driver: MEASURES[next(MEASURES.length)] as string,
      renewalOn: addDays(pageDay, next(500)),
      flags: next(4) === 0 ? pageAccount().flags : [],
      receipt: MEASURES.map((measure, place) => manyLine(measure, place, next)),
    });
  });
};

function manyLine(measure: string, place: number, next: (below: number) => number): ReceiptLine {
  if (next(8) === 0) {
    const reason = 'nobody answered in 180 days';
    return line({ measure, weight: 3, contribution: 0, reason });
  }
  const value = `${next(1000)} of ${next(1000) + 1000} seats active in ${28 + place} days`;
  const points = next(1000) / 10;
  return line({ measure, value, weight: 3, points, contribution: roundTo(points * 0.03, 1) });
}

/** Numbers that look like chance and are the same each time (Lehmer, minimal standard). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** What a warehouse may hold that nobody expects: markup, formulas, line ends, marks that turn text. */
export const hostileTexts: readonly string[] = [
  '<script>globalThis.hurt=1</script>',
  '</script><script>globalThis.hurt=2</script>',
  '<img src=x onerror="globalThis.hurt=3">',
  '"><svg onload=globalThis.hurt=4>',
  "' autofocus onfocus=globalThis.hurt=5 x='",
  '<!-- <script> ]]> &lt;b&gt; &amp;',
  '=HYPERLINK("https://evil.example","x")',
  'first\r\nSet-Cookie: a=b\r\n\r\nsecond',
  '\u202eecilA\u202c \u2066x\u2069 \u200f\u2028\u2029',
  '\u0000\u0001\u0007\u001b[31m\ufeff',
  'N'.repeat(10_000),
  '株式会社日本データ 👩‍👩‍👧‍👦 سلام עולם',
  '\ud800 lone half \udc00',
  '#{globalThis.hurt=6} {{7*7}} `',
  '__proto__',
  'javascript:globalThis.hurt=7',
];

/** A company whose every text is hostile. */
export const hostileReport = (): Report => {
  const at = (place: number): string => hostileTexts[place % hostileTexts.length] as string;
  const accounts = hostileTexts.map((text, place) =>
    pageAccount({
      accountId: `${place}${text}`,
      ...{ name: text, segment: at(place + 1), ownerName: at(place + 2), ownerEmail: text },
      ...{ region: at(place + 3), lifecycle: at(place + 4), driver: text, band: at(place + 5) },
      ...{ note: text, gate: { effect: -1, reason: text } },
      flags: [{ signal: text, severity: at(place + 5), evidence: at(place + 6) }],
      receipt: [
        line({ measure: text, value: text, points: 10, weight: 50, contribution: 5 }),
        line({ measure: at(place + 1), reason: text, weight: 50, contribution: 0 }),
      ],
    }),
  );
  const base = pageReport();
  return pageReport({
    ...{ company: at(1), definitionsId: at(2), warnings: hostileTexts, accounts, why: at(3) },
    headline: { conclusion: hostileTexts.join(' '), lede: hostileTexts },
    tiles: hostileTexts.slice(0, 4).map((text) => ({
      ...{ label: text, value: text, target: text, note: text },
      change: { words: text, tone: 'bad' as const },
    })),
    decisions: hostileTexts.map((text) => ({ what: text, why: text, owner: text, dueOn: null })),
    charts: base.charts.map((chart) => ({ ...chart, title: at(0), alt: at(1) })),
    sections: [
      {
        ...{ title: at(2), about: at(3), empty: at(4) },
        table: {
          columns: [{ title: at(5), isFigure: false }],
          rows: hostileTexts.map((text, place) => [{ accountId: `${place}${text}`, name: text }]),
        },
      },
    ],
    questions: Object.fromEntries(hostileTexts.map((text) => [text, text])),
    freshness: hostileTexts.map((text) => ({ source: text, status: text, reason: text })),
    exclusions: hostileTexts,
  });
};
