import { type Cents, formatMoney } from '../../basics/money.ts';
import { grouped, plainText, plural } from '../../basics/text.ts';
import type { Section, Words } from '../mail-content.ts';
import { shortDay } from '../words/days.ts';
import { moreWords } from '../words/more.ts';
import { sentence } from '../words/sentence.ts';
import { asksLeftOut, weeklyAsks } from './asks.ts';
import type { WeeklyFigures } from './figures.ts';
import { focusSentence } from './focus.ts';
import { weeklyTiles } from './tiles.ts';
import { pictureOf, type WeeklyChart } from './weekly-chart.ts';

/** The four figures, and what is asked. */
export const openingSections = (week: WeeklyFigures): Section[] => {
  const asks = weeklyAsks(week);
  return [
    { title: 'The week in four figures', about: null, blocks: [weeklyTiles(week)] },
    ...(asks.length === 0
      ? []
      : [
          {
            title: 'Needs a decision this week',
            about: moreAsks(week),
            blocks: [{ kind: 'asks', asks }],
          } as const,
        ]),
  ];
};

/** That there is more to decide than is asked for. */
function moreAsks(week: WeeklyFigures): string | null {
  const left = asksLeftOut(week);
  return left === 0
    ? null
    : `The largest. ${grouped(left)} more ${left === 1 ? 'waits' : 'wait'}, as the report tells.`;
}

/** A chart under the sentence that it shows. */
export const chartSection = (chart: WeeklyChart): Section => ({
  title: chart.title,
  about: chart.about,
  blocks: [pictureOf(chart)],
});

/** The one lever that is worked on, and how far it has come. */
export const focusSection = (week: WeeklyFigures): Section => {
  const { title, says } = focusSentence(week);
  return { title, about: null, blocks: [{ kind: 'list', items: [[says]], more: null }] };
};

/** What was lost: told as plainly as what was won. */
export const lossesSection = ({ renewals, asOf, currency }: WeeklyFigures): Section[] => {
  if (renewals === null || renewals.lostSum.accounts === 0) return [];
  const { lost, lostSum, decidedSince } = renewals;
  const items = lost.map(
    (one): Words => [
      { strong: plainText(one.name, 60) },
      `, ${formatMoney(one.due, currency)}: ${plainText(one.because, 140)}`,
    ],
  );
  const rest = lostSum.accounts - items.length;
  const more = moreWords(rest, 'renewals');
  const title = `Lost: ${plural(lostSum.accounts, 'renewal')} with ${formatMoney(lostSum.arr, currency)} since ${shortDay(decidedSince, asOf)}`;
  return [{ title, about: 'Ended, or gave notice.', blocks: [{ kind: 'list', items, more }] }];
};

/** What went well: renewals signed, risks that cleared, health that rose. */
export const winsSection = ({ renewals, risk, health, asOf, currency }: WeeklyFigures): Section => {
  const money = (cents: Cents) => formatMoney(cents, currency);
  const items: Words[] = [
    ...(renewals?.won ?? []).map(
      (one): Words => [
        { strong: plainText(one.name, 60) },
        ` ${plainText(one.because, 140)}, ${money(one.due)}.`,
      ],
    ),
    ...(risk?.cleared ?? []).map(
      (one): Words => [
        { strong: plainText(one.name, 60) },
        `, ${money(one.arr)}: ${sentence(plainText(one.evidence, 140))}`,
      ],
    ),
    ...(health?.hasMovements && health.up28d.accounts > 0
      ? [
          [
            `${plural(health.up28d.accounts, 'account')} with ${money(health.up28d.arr)} came up a band since 28 days ago.`,
          ],
        ]
      : []),
  ];
  const won = renewals?.wonSum ?? { accounts: 0, arr: 0 };
  const title =
    won.accounts === 0
      ? items.length === 0
        ? 'No wins to tell of this week'
        : 'Wins'
      : `Wins: ${plural(won.accounts, 'renewal')} with ${money(won.arr)} since ${shortDay(renewals?.decidedSince ?? asOf, asOf)}`;
  return {
    title,
    about: null,
    blocks: items.length === 0 ? [] : [{ kind: 'list', items, more: null }],
  };
};
