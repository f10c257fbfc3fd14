import { formatMoney } from '../basics/money.ts';
import { plainText, plural } from '../basics/text.ts';
import type { Digest } from './digest.ts';
import { renewalCard } from './digest-card.ts';
import type { DigestNear, DigestRenewal } from './digest-renewal.ts';
import type { List, Section, Table, TableRow, Words } from './mail-content.ts';
import { shortDay } from './words/days.ts';
import { bandBadge, categoryBadge } from './words/forecast.ts';
import { moreWords } from './words/more.ts';

/** How many renewals stand in full, and how many in a table below them. */
export interface Size {
  readonly cards: number;
  readonly rows: number;
}

/** What needs somebody now, what comes next, what is wrong in the records, and what needs nobody. */
export const digestSections = (digest: Digest, size: Size): Section[] => [
  ...reachedSections(digest, size),
  ...nearSection(digest),
  ...findingSection(digest),
  ...quietSection(digest),
];

function reachedSections(digest: Digest, { cards, rows: most }: Size): Section[] {
  const { reached, totals, currency } = digest;
  const total = `${plural(totals.renewals, 'renewal')}, ${formatMoney(totals.due, currency)}`;
  const blocks = reached.slice(0, cards).map((renewal) => renewalCard(renewal, digest));
  const title = `Reached a milestone: ${total}`;
  const first: Section = { title, about: null, blocks };
  const rest = totals.renewals - blocks.length;
  if (rest === 0) return [first];
  const rows = reached.slice(cards, cards + most);
  const table: Table = {
    ...{ kind: 'table', columns: NEAR_COLUMNS },
    rows: rows.map((renewal) => nearRow(asNear(renewal), digest)),
    more: moreWords(rest - rows.length, 'renewal_milestones'),
  };
  const also = `${plural(rest, 'more renewal', 'more renewals')} reached a milestone`;
  return [first, { title: also, about: 'The largest of them.', blocks: [table] }];
}

const asNear = ({ forecast, items, ...renewal }: DigestRenewal): DigestNear => ({
  ...renewal,
  band: forecast?.band ?? 'unscored',
  category: forecast?.category ?? null,
  missing: items.filter(({ status }) => status === 'missing').length,
  unknown: items.filter(({ status }) => status === 'unknown').length,
});

const NEAR_COLUMNS = ['Account', 'ARR', 'Decision', 'Forecast'];

function nearRow(near: DigestNear, { asOf, currency }: Digest): TableRow {
  const { name, product, dueArrCents, decisionOn, band, category, missing, unknown } = near;
  const open = [
    ...(missing > 0 ? [`${missing} missing`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
  ];
  const what = product === null ? [] : [plainText(product, 40)];
  return {
    title: plainText(name, 60),
    about: [...what, `health ${bandBadge(band).badge.toLowerCase()}`, ...open].join(', '),
    cells: [
      [formatMoney(dueArrCents, currency)],
      [`${decisionOn < asOf ? 'was ' : ''}${shortDay(decisionOn, asOf)}`],
      [categoryBadge(category)],
    ],
  };
}

function nearSection(digest: Digest): Section[] {
  const { near, currency } = digest;
  if (near.count === 0) return [];
  const also = `Also counting down: ${plural(near.count, 'renewal')}, ${formatMoney(near.due, currency)}`;
  const table: Table = {
    ...{ kind: 'table', columns: NEAR_COLUMNS },
    rows: near.shown.map((one) => nearRow(one, digest)),
    more: moreWords(near.count - near.shown.length, 'renewal_milestones'),
  };
  const about =
    'Something is missing or not known, or the forecast is in doubt. The largest first.';
  return [{ title: also, about, blocks: [table] }];
}

function findingSection({ findings, currency }: Digest): Section[] {
  const { shown, count } = findings;
  if (count === 0) return [];
  const list: List = {
    kind: 'list',
    items: shown.map(({ name, dueArrCents, says }): Words => {
      const money = formatMoney(dueArrCents, currency);
      return [{ strong: `${plainText(name, 60)}, ${money}: ` }, plainText(says, 200)];
    }),
    more: moreWords(count - shown.length, 'renewal_findings'),
  };
  const title = `Records to mend: ${plural(count, 'finding')}`;
  return [
    {
      title,
      about: 'What the record of a renewal lacks, or what cannot be right in it.',
      blocks: [list],
    },
  ];
}

function quietSection({ quiet, asOf, currency }: Digest): Section[] {
  const { count, due, firstDecision } = quiet;
  if (count === 0) return [];
  const need = count === 1 ? 'needs' : 'need';
  const when =
    firstDecision === null
      ? ''
      : ` The first decision among them is on ${shortDay(firstDecision, asOf)}.`;
  const about = `${plural(count, 'renewal')}, ${formatMoney(due, currency)}, ${need} nothing now: their countdown has not begun, nothing is missing and the forecast is commit, or they renew by themselves and the day for notice is past.${when}`;
  return [{ title: 'Leave alone', about, blocks: [] }];
}
