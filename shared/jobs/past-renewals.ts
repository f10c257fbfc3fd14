import { addDays, type Day, dayToEpoch } from '../basics/day.ts';
import type { Cents } from '../basics/money.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { tableBatches } from '../publish/read-table.ts';
import { renewals } from '../publish/renewal-tables.ts';
import type { PastIdentity } from '../renewals/identity.ts';
import type { PastDay } from './past-days.ts';
import { KEPT_DAYS, type RenewalRow } from './renewal-stream.ts';

const IDENTITY = [
  'contract_id',
  'renewal_id',
  'term_end',
  'first_term_end',
  'moved_on',
  'moved_from',
  'state',
  'how',
] as const;

/** The identity of every renewal that was open at the last run, or whose date had moved, by contract. */
export const pastIdentities = async (
  store: ObjectStore,
  lastRun: PastDay | null,
): Promise<ReadonlyMap<string, PastIdentity>> => {
  const found = new Map<string, PastIdentity>();
  for await (const [columns, row] of pastRows(store, lastRun, IDENTITY)) {
    const day = (name: (typeof IDENTITY)[number]) => {
      const value = columns[name]?.[row] as Day | null;
      return value === null ? null : dayToEpoch(value);
    };
    const state = columns.state?.[row];
    const [end, firstEnd] = [day('term_end') as number, day('first_term_end') as number];
    const isOpen = state === 'open' || state === 'late';
    if (columns.how?.[row] === 'in_place' || (!isOpen && end === firstEnd)) continue;
    found.set(columns.contract_id?.[row] as string, {
      renewalId: columns.renewal_id?.[row] as string,
      ...{ firstEnd, end, movedOn: day('moved_on'), movedFrom: day('moved_from') },
    });
  }
  return found;
};

interface InPlace {
  readonly asOf: Day;
  /** Contracts whose earlier renewal has ended under the same id, with what they bring now. */
  readonly inPlace: ReadonlyMap<string, Cents>;
}

/**
 * Renewals that a company wrote over with the next term, under the same contract id: those that this
 * run has found, and those of earlier runs. The warehouse knows nothing of them any more.
 */
export async function* renewedInPlace(
  store: ObjectStore,
  lastRun: PastDay | null,
  { asOf, inPlace }: InPlace,
): AsyncGenerator<RenewalRow> {
  const names = Object.keys(renewals.columns) as (keyof RenewalRow)[];
  const since = addDays(asOf, -KEPT_DAYS);
  for await (const [columns, row] of pastRows(store, lastRun, names)) {
    const state = columns.state?.[row];
    const brings = inPlace.get(columns.contract_id?.[row] as string);
    const isEarlier = columns.how?.[row] === 'in_place';
    const isFound = brings !== undefined && (state === 'open' || state === 'late');
    if ((!isEarlier && !isFound) || (columns.term_end?.[row] as string) <= since) continue;
    const past = Object.fromEntries(
      names.map((name) => [name, columns[name]?.[row] ?? null]),
    ) as RenewalRow;
    yield isEarlier ? past : overwritten(past, brings as Cents, asOf);
  }
}

const overwritten = (past: RenewalRow, brings: Cents, asOf: Day): RenewalRow => ({
  ...past,
  state: 'renewed',
  how: 'in_place',
  says: `renewed under the same contract id: its end was ${past.term_end}`,
  live_arr_cents: 0,
  renewed_arr_cents: brings,
  renewed_by: past.contract_id,
  decided_on: asOf < past.term_end ? asOf : past.term_end,
});

async function* pastRows(
  store: ObjectStore,
  lastRun: PastDay | null,
  names: readonly (keyof RenewalRow)[],
): AsyncGenerator<readonly [Readonly<Record<string, ArrayLike<unknown>>>, number]> {
  const path = lastRun?.manifest.files.find(({ table }) => table === renewals.name)?.path;
  if (path === undefined) return;
  for await (const batch of tableBatches(store, renewals, { path, columns: [...names] })) {
    for (let row = 0; row < batch.rowCount; row += 1) yield [batch.columns, row];
  }
}
