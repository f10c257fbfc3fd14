import { expect, test } from 'vitest';
import { toDay } from '../../../shared/basics/day.ts';
import type { MeasureId } from '../../../shared/config/default-model.ts';
import { answerableFrom } from '../../../shared/health/answerable.ts';
import { scorerFor } from '../../../shared/health/score.ts';
import { inspectSources } from '../../../shared/jobs/inspect-sources.ts';
import { type SourceColumn, sourceIds, sourceOf } from '../../../shared/sources/index.ts';
import { featureRows, openCompany } from '../../kit/features-of.ts';
import { rememberingWarehouse } from '../../kit/remembering-warehouse.ts';

const asOf = toDay('2026-11-22');

/** One account of which everything is known. */
const tables = {
  accounts: 'account_id,name,entitled_seats\nA-1,Meridian Retail,10',
  contracts: `contract_id,account_id,start_date,end_date,arr,currency,seats,discount_pct,cancelled_on,cancel_recorded_on
C-1,A-1,2024-01-01,2027-01-01,1200,USD,10,15,2027-01-01,2026-11-01`,
  usage_daily: `account_id,day,active_users,sessions,features_used
A-1,2026-09-21,6,30,6
A-1,2026-11-21,5,20,8`,
  support_tickets: `ticket_id,account_id,opened_at,closed_at,severity,first_response_at,response_due_at,csat
T-1,A-1,2026-11-01 09:00:00,2026-11-02 09:00:00,high,2026-11-01 10:00:00,2026-11-01 13:00:00,4
T-2,A-1,2026-11-20 09:00:00,,critical,,2026-11-20 13:00:00,`,
  survey_responses: `response_id,account_id,kind,score,responded_at,closed_loop_at
R-1,A-1,nps,3,2026-11-10 12:00:00,2026-11-12 12:00:00
R-2,A-1,csat,4,2026-11-10 12:00:00,`,
};
type Company = Awaited<ReturnType<typeof openCompany>>;

/** What is said of the account when some columns are mapped to null. */
const without = async (columns: readonly SourceColumn[], { config, warehouse }: Company) => {
  const unmapped = sourceIds.map((id) => {
    const names = columns.filter((column) => column.startsWith(`${id}.`));
    const nulls = names.map((column) => [column.slice(id.length + 1), null]);
    return [id, { ...config.sources[id], columns: Object.fromEntries(nulls) }];
  });
  const asking = { config: { ...config, sources: Object.fromEntries(unmapped) }, asOf, warehouse };
  const states = await inspectSources(asking);
  const [account] = await featureRows(states, asking);
  if (account === undefined) throw new Error('no account');
  const { lines, gatesUnknown } = scorerFor(config.model, answerableFrom(states))(account);
  const said = lines.map(({ measure, rawValue, reason }) => [measure, reason ?? rawValue]);
  return { said: Object.fromEntries(said), gatesUnknown };
};

/** Without these the worth of a line is reckoned from what is left, as docs/scoring.md says. */
const WORTH = ['arr', 'total_value', 'currency', 'term_months', 'signed_on', 'renewed_by'];

const depended: [columns: SourceColumn[], measures: MeasureId[], gate: string | null][] = [
  [['contracts.seats'], [], null],
  [['accounts.entitled_seats'], [], null],
  [['contracts.seats', 'accounts.entitled_seats'], ['seat_use'], null],
  [['contracts.discount_pct'], ['discount_depth'], null],
  [['contracts.cancelled_on'], [], 'notice_given'],
  [['contracts.cancel_recorded_on'], [], 'notice_given'],
  [['usage_daily.active_users'], ['seat_use'], null],
  [['usage_daily.sessions'], ['usage_trend', 'active_days'], null],
  [['usage_daily.features_used'], ['feature_depth'], null],
  [['support_tickets.closed_at'], ['severe_tickets', 'ticket_csat'], 'critical_ticket'],
  [['support_tickets.severity'], ['severe_tickets'], 'critical_ticket'],
  [['support_tickets.first_response_at'], ['first_response'], null],
  [['support_tickets.response_due_at'], ['first_response'], null],
  [['support_tickets.csat'], ['ticket_csat'], null],
  [['survey_responses.closed_loop_at'], ['open_detractors'], null],
];

/** The columns that neither a rule nor the worth of a line reads: what a person is told beside. */
const told = (): SourceColumn[] => {
  const named = new Set<string>(depended.flatMap(([columns]) => columns));
  return sourceIds.flatMap((id) =>
    Object.entries(sourceOf(id).columns)
      .filter(([name, { required }]) => !required && !(id === 'contracts' && WORTH.includes(name)))
      .map(([name]) => `${id}.${name}` as SourceColumn)
      .filter((column) => !named.has(column)),
  );
};

test('a column left out makes measures unknown, and never another number', async () => {
  const { config, warehouse: engine } = await openCompany({ tables });
  const company = { config, warehouse: rememberingWarehouse(engine) };
  const whole = await without([], company);
  expect(whole).toEqual({
    said: {
      usage_trend: 1,
      active_days: 1,
      seat_use: 0.5,
      feature_depth: 8,
      severe_tickets: 1,
      support_trend: 3,
      first_response: 0.5,
      ticket_csat: 4,
      nps: -100,
      csat: 4,
      open_detractors: 0,
      arr_trend: 1,
      discount_depth: 15,
    },
    gatesUnknown: null,
  });

  const found: Record<string, unknown> = { rest: await without(told(), company) };
  const expected: Record<string, unknown> = { rest: whole };
  for (const [columns, measures, gate] of depended) {
    const reason = columns[0]?.replace('.', ' has no column ');
    const unknown = Object.fromEntries(measures.map((measure) => [measure, reason]));
    expected[columns.join()] = {
      said: { ...whole.said, ...unknown },
      gatesUnknown: gate && `${gate}: ${reason}`,
    };
    found[columns.join()] = await without(columns, company);
  }
  expect(found).toEqual(expected);
  await engine.close();
});
