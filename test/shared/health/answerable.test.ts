import { expect, test } from 'vitest';
import { answerableFrom, type Need } from '../../../shared/health/answerable.ts';
import type { SourceState } from '../../../shared/sources/finding.ts';

const state = (
  id: SourceState['id'],
  columns: string[],
  status: SourceState['status'] = 'ready',
): SourceState => ({
  id,
  status,
  reason: status === 'ready' ? '' : `${id} is ${status}`,
  rows: 1,
  firstDay: null,
  lastDay: null,
  freshnessDays: null,
  mappedColumns: new Set(columns),
  findings: [],
  sql: null,
});

const sessions: Need = 'usage_daily.sessions';
const seats: Need = ['contracts.seats', 'accounts.entitled_seats'];
const both = [state('contracts', ['seats']), state('accounts', ['entitled_seats'])];

test.each<[string, Need[], SourceState[], string | null]>([
  ['a column that is mapped', [sessions], [state('usage_daily', ['sessions'])], null],
  [
    'a column that is not',
    [sessions],
    [state('usage_daily', [])],
    'usage_daily has no column sessions',
  ],
  ['a source that is not there', [sessions], [], 'usage_daily is not configured'],
  [
    'a source that is stale, whatever is mapped',
    [sessions],
    [state('usage_daily', ['sessions'], 'stale')],
    'usage_daily is stale',
  ],
  [
    'a source that is broken',
    [sessions],
    [state('usage_daily', [], 'broken')],
    'usage_daily is broken',
  ],
  ['two of which one is enough, both there', [seats], both, null],
  ['only the first', [seats], [state('contracts', ['seats']), state('accounts', [])], null],
  [
    'only the second',
    [seats],
    [state('contracts', []), state('accounts', ['entitled_seats'])],
    null,
  ],
  [
    'the second while the source of the first is stale',
    [seats],
    [state('contracts', ['seats'], 'stale'), state('accounts', ['entitled_seats'])],
    null,
  ],
  [
    'neither: the first is named',
    [seats],
    [state('contracts', []), state('accounts', [])],
    'contracts has no column seats',
  ],
  ['one of two needs missing', [seats, sessions], both, 'usage_daily is not configured'],
])('%s', (_, needs, states, reason) => {
  expect(answerableFrom(states)(needs)).toBe(reason);
});
