import { describe, expect, test } from 'vitest';
import { toDay } from '../../../shared/basics/day.ts';
import type { MeasureId } from '../../../shared/config/default-model.ts';
import { answerableFrom } from '../../../shared/health/answerable.ts';
import { scorerFor } from '../../../shared/health/score.ts';
import { inspectSources } from '../../../shared/jobs/inspect-sources.ts';
import {
  type SourceColumn,
  type SourceId,
  sourceIds,
  sourceOf,
} from '../../../shared/sources/index.ts';
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
T-2,A-1,2026-11-11 09:00:00,,critical,,2026-11-11 13:00:00,`,
  survey_responses: `response_id,account_id,kind,score,responded_at,closed_loop_at
R-1,A-1,nps,3,2026-11-10 12:00:00,2026-11-12 12:00:00
R-2,A-1,csat,4,2026-11-10 12:00:00,`,
};
const { config, warehouse: engine } = await openCompany({ tables });
const warehouse = rememberingWarehouse(engine);

/** What is said of the account when some columns are mapped to null. */
const without = async (columns: readonly SourceColumn[]) => {
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

describe('a column that is left out makes measures unknown, and never another number', async () => {
  const whole = await without([]);

  test('with all of them everything is observed', () => {
    expect(whole).toEqual({
      said: {
        usage_trend: 0,
      },
      gatesUnknown: null,
    });
  });

  test.each(depended)('%s', async (columns, measures, gate) => {
    const reason = columns[0]?.replace('.', ' has no column ');
    const unknown = Object.fromEntries(measures.map((measure) => [measure, reason]));
    expect(await without(columns)).toEqual({
      said: { ...whole.said, ...unknown },
      gatesUnknown: gate && `${gate}: ${reason}`,
    });
  });

  test('no rule reads any other', async () => {
    const named = new Set<string>(depended.flatMap(([columns]) => columns));
    const others = sourceIds.flatMap((id) =>
      Object.entries(sourceOf(id).columns)
        .filter(
          ([name, { required }]) => !required && !(id === 'contracts' && WORTH.includes(name)),
        )
        .map(([name]) => `${id}.${name}` as SourceColumn)
        .filter((column) => !named.has(column)),
    );
    expect(others.length).toBeGreaterThan(20);
    expect(await without(others)).toEqual(whole);
  });
});
