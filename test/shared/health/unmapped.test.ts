import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, toDay } from '../../../shared/basics/day.ts';
import { type AccountRow, camelCase, features } from '../../../shared/features/account-row.ts';
import { type Answerable, answerableFrom, type Need } from '../../../shared/health/answerable.ts';
import { gates } from '../../../shared/health/gates/index.ts';
import { measures } from '../../../shared/health/measures/index.ts';
import { inspectSources } from '../../../shared/jobs/inspect-sources.ts';
import {
  type SourceColumn,
  type SourceId,
  sourceIds,
  sourceOf,
} from '../../../shared/sources/index.ts';
import type { Column } from '../../../shared/sources/source.ts';
import { featureRows, openCompany } from '../../kit/features-of.ts';
import { rememberingWarehouse } from '../../kit/remembering-warehouse.ts';
import { defaultModel, placed, scorer } from '../../kit/scorer.ts';

const asOf = toDay('2026-11-22');
const ACCOUNTS = 60;
const ROWS: Partial<Record<SourceId, number>> = { accounts: ACCOUNTS, contracts: 2 * ACCOUNTS };
const MOST_ROWS = 500;

/** Without these the worth of a line is reckoned from what is left, as docs/scoring.md says. */
const WORTH = 'arr currency total_value term_months uplift_pct signed_on renewed_by'.split(' ');

const anyDayFrom = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((days) => addDays(asOf, days));

/** What stands in a column where its type alone does not say it. */
const SPECIAL: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  ...Object.fromEntries(WORTH.map((name) => [`contracts.${name}`, fc.constant('')])),
  'contracts.arr': fc.integer({ min: 1, max: 9_000 }),
  'contracts.currency': fc.constant('USD'),
  'invoices.currency': fc.constant('USD'),
  'opportunities.currency': fc.constant('USD'),
  // Live lines: what counts of one that ended early is said there too.
  'contracts.start_date': anyDayFrom(-900, -1),
  'contracts.end_date': anyDayFrom(1, 700),
  'contracts.cancelled_on': fc.option(anyDayFrom(1, 700), { nil: '', freq: 5 }),
  // Not mapped, everything is a level.
  'entitlements.counts': fc.constantFrom('level', ''),
  'usage_daily.day': anyDayFrom(-84, -1),
  'feature_usage.day': anyDayFrom(-56, -1),
  'survey_responses.score': fc.integer({ min: 1, max: 5 }),
  'touchpoints.attendee_role': fc.constantFrom('admin', 'champion', ''),
  'fx_rates.rate_to_reporting': fc.constant(1),
  'enablement.role': fc.constantFrom('admin', 'user', ''),
};

/** A value of the column's type, and a gap wherever there may be one. */
function anyCell(column: Column): fc.Arbitrary<unknown> {
  const value = anyValue(column);
  return column.required ? value : fc.option(value, { nil: '', freq: 2 });
}

function anyValue({ type, oneOf, range, refersTo }: Column): fc.Arbitrary<unknown> {
  if (refersTo) return fc.nat(ACCOUNTS - 1).map((index) => `accounts-${index}`);
  switch (type) {
    case 'text':
    case 'currency':
      return fc.constantFrom(...(oneOf ?? ['a', 'b', 'c']));
    case 'flag':
      return fc.boolean();
    case 'day':
      return anyDayFrom(-400, 100);
    case 'moment':
      return anyDayFrom(-200, 30).map((day) => `${day} 09:00:00`);
    default: {
      const [least, most] = range ?? [0, 12];
      return fc.integer({ min: Math.max(0, least), max: Math.min(12, most) });
    }
  }
}

/** Rows as a company could have them: the same ones in every run of the test. */
function anyRows(id: SourceId): string {
  const { columns, key } = sourceOf(id);
  const cells = Object.entries(columns)
    .filter(([name]) => name !== 'recorded_at')
    .map(([name, column]) => [name, SPECIAL[`${id}.${name}`] ?? anyCell(column)] as const);
  const names = cells.map(([name]) => name);
  const numRuns = ROWS[id] ?? MOST_ROWS;
  const rows = fc.sample(fc.record(Object.fromEntries(cells)), { seed: 8, numRuns });
  const [ownId] = key.length === 1 && !columns[key[0] ?? '']?.refersTo ? key : [];
  const byKey = new Map(
    rows.map((row, index) => {
      const whole = ownId === undefined ? row : { ...row, [ownId]: `${id}-${index}` };
      return [key.map((name) => whole[name]).join(), names.map((name) => whole[name])];
    }),
  );
  return [names, ...byKey.values()].join('\n');
}

type Company = Awaited<ReturnType<typeof openCompany>>;
type Sources = Company['config']['sources'];

/** All the rules there are, and what each says it cannot do without. */
const rules = [...Object.values(measures), ...gates].map(({ id, needs }) => ({ id, needs }));
const allNeeds: readonly Need[] = rules.flatMap(({ needs }) => needs);
const needed = [...new Set(allNeeds.flat())];

const columnsOf = (id: SourceId) =>
  Object.keys(sourceOf(id).columns).map((name) => `${id}.${name}` as SourceColumn);
const idOf = (column: SourceColumn) => column.split('.')[0] as SourceId;
const nameOf = (column: SourceColumn) => column.split('.')[1] as string;
const isOptional = (column: SourceColumn) =>
  !sourceOf(idOf(column)).columns[nameOf(column)]?.required;

/** What no rule needs: what a person is told beside, or a placement goes by. */
const beside = sourceIds.flatMap((id) => {
  const unneeded = columnsOf(id).filter((column) => !needed.includes(column));
  if (unneeded.length === columnsOf(id).length) return unneeded;
  const worth = id === 'contracts' ? WORTH : [];
  return unneeded.filter(isOptional).filter((column) => !worth.includes(nameOf(column)));
});

/** Columns that a company does not have; all those of a source are the source itself. */
type Gap = readonly SourceColumn[];

const gaps: readonly Gap[] = [
  beside,
  ...needed.filter(isOptional).map((column) => [column]),
  ...allNeeds.filter((need) => typeof need !== 'string'),
  ...sourceIds
    .filter((id) => !sourceOf(id).required)
    .map(columnsOf)
    .filter((columns) => columns.some((column) => needed.includes(column))),
];

function leftOut(sources: Sources, gap: Gap): Sources {
  const kept = sourceIds
    .filter((id) => !columnsOf(id).every((column) => gap.includes(column)))
    .map((id) => {
      const mine = gap.filter((column) => idOf(column) === id);
      const columns = Object.fromEntries(mine.map((column) => [nameOf(column), null]));
      return [id, { ...sources[id], columns }];
    });
  return Object.fromEntries(kept) as Sources;
}

/** True when the gap takes some of several columns of which the rest is still enough. */
const halfAnswered = (needs: readonly Need[], gap: Gap): boolean =>
  needs.some((need) => {
    const left = [need].flat().filter((column) => !gap.includes(column));
    return left.length > 0 && left.length < [need].flat().length;
  });

/** What each rule says of an account: a value with its evidence, why there is none, or a cap. */
const sayer = (answerable: Answerable) => {
  const score = scorer({ answerable });
  const placement = placed();
  return (account: AccountRow): Record<string, string> => {
    const { lines } = score(account, placement, null);
    const context = {
      policy: defaultModel.gates,
      pointsOf: (id: string) => lines.find(({ measure }) => measure === id)?.points ?? null,
      expectsOutcomes: placement.segment.expects_outcomes,
      stage: placement.stage,
    };
    return Object.fromEntries([
      ...lines.map((line) => [line.measure, line.reason ?? `${line.rawValue}: ${line.evidence}`]),
      ...gates.map((gate) => [
        gate.id,
        answerable(gate.needs) ?? gate.judge(account, context)?.reason ?? 'open',
      ]),
    ]);
  };
};

/** The account as it was, but for what these sources say of it now. */
function pieced(before: AccountRow, now: AccountRow, ids: readonly SourceId[]): AccountRow {
  const names = features.filter(({ source }) => ids.includes(source)).map(({ name }) => name);
  const changed = names.map(camelCase).map((name) => [name, now[name as keyof AccountRow]]);
  return { ...before, ...Object.fromEntries(changed) };
}

test('a column left out makes measures unknown, and never another number', async () => {
  const tables = Object.fromEntries(sourceIds.map((id) => [id, anyRows(id)]));
  const { config, warehouse: engine } = await openCompany({ tables: tables as never });
  const warehouse = rememberingWarehouse(engine);
  const without = async (gap: Gap, ids: readonly SourceId[] = sourceIds) => {
    const sources = leftOut(config.sources, gap);
    const asking = { config: { ...config, sources }, asOf, warehouse };
    const states = await inspectSources(asking);
    const asked = states.filter(({ id }) => id === 'accounts' || ids.includes(id));
    const rows = await featureRows(asked, asking);
    return { states, rows, answerable: answerableFrom(states) };
  };
  const whole = await without([]);
  expect(whole.states.filter(({ status }) => status !== 'ready')).toEqual([]);
  const before = whole.rows.map(sayer(whole.answerable));

  const wrong: string[] = [];
  for (const gap of gaps) {
    // Only sources with a gap are asked again, because asking all of them takes long.
    const ids = [...new Set(gap.map(idOf))];
    const { rows, answerable } = await without(gap, ids);
    const accounts = rows.map((row, index) => pieced(whole.rows[index] ?? row, row, ids));
    const guarded = accounts.map(sayer(answerable));
    const unguarded = accounts.map(sayer(() => null));
    for (const { id, needs } of rules) {
      if (halfAnswered(needs, gap)) continue;
      const reason = answerable(needs);
      const other = guarded.find((said, index) => said[id] !== (reason ?? before[index]?.[id]));
      if (other !== undefined) wrong.push(`without ${gap} ${id} says ${other[id]}`);
      // Otherwise the need is idle, or these rows are not enough to show what it is for.
      const same = unguarded.every((said, index) => said[id] === before[index]?.[id]);
      if (reason !== null && same) wrong.push(`${id} says the same without ${gap}`);
    }
  }
  expect(wrong).toEqual([]);
  await engine.close();
}, 120_000);
