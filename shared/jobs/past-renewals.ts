import { addDays, type Day, dayToEpoch } from '../basics/day.ts';
import type { Cents } from '../basics/money.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { tableBatches } from '../publish/read-table.ts';
import { renewals } from '../publish/renewal-tables.ts';
import type { PastIdentity, PastRenewals } from '../renewals/identity.ts';
import type { PastDay } from './past-days.ts';
import { KEPT_DAYS, type RenewalRow } from './renewal-stream.ts';

const IDENTITY = [
  'contract_id',
  'renewal_id',
  'term_start',
  'term_end',
  'first_term_end',
  'moved_on',
  'moved_from',
  'state',
  'how',
] as const;

/** Nothing had renewed it yet: of these the line may be written over with the next term. */
const isUnrenewed = (state: unknown): boolean =>
  state === 'open' || state === 'late' || state === 'lapsed' || state === 'missing';

/**
 * What the last run knew of each contract line: the renewal it stood for where nothing had renewed it
 * or its date had moved, and the one that was written over last.
 */
export const pastIdentities = async (
  store: ObjectStore,
  lastRun: PastDay | null,
): Promise<Map<string, PastRenewals>> => {
  const found = new Map<string, PastRenewals>();
  for await (const [columns, row] of pastRows(store, lastRun, IDENTITY)) {
    const identity = identityAt(columns, row);
    const contractId = columns.contract_id?.[row] as string;
    const { current, writtenOver } = found.get(contractId) ?? { current: null, writtenOver: null };
    if (columns.how?.[row] === 'in_place') {
      const isLatest = writtenOver === null || writtenOver.end < identity.end;
      found.set(contractId, { current, writtenOver: isLatest ? identity : writtenOver });
    } else if (isUnrenewed(columns.state?.[row]) || identity.end !== identity.firstEnd) {
      found.set(contractId, { current: identity, writtenOver });
    }
  }
  return found;
};

function identityAt(columns: Columns, row: number): PastIdentity {
  const day = (name: (typeof IDENTITY)[number]) => {
    const value = columns[name]?.[row] as Day | null;
    return value === null ? null : dayToEpoch(value);
  };
  return {
    renewalId: columns.renewal_id?.[row] as string,
    start: day('term_start') as number,
    end: day('term_end') as number,
    firstEnd: day('first_term_end') as number,
    ...{ movedOn: day('moved_on'), movedFrom: day('moved_from') },
  };
}

interface Forgotten {
  readonly asOf: Day;
  /** Contracts whose earlier renewal has ended under the same id, with what they bring now. */
  readonly inPlace: ReadonlyMap<string, Cents>;
  /** Renewals that were taken for ended in place, by a slip. */
  readonly takenBack: ReadonlySet<string>;
  /** Contract lines that the last run knew and that are not there today. */
  readonly missing: { has(contractId: string): boolean };
}

/** A line that is not there is waited for so long. */
const WAITED_DAYS = 45;

/**
 * Renewals that the warehouse knows nothing of any more: those that a company wrote over with the
 * next term, under the same contract id, and for a while those of lines that are missing.
 */
export async function* forgottenRenewals(
  store: ObjectStore,
  lastRun: PastDay | null,
  { asOf, inPlace, takenBack, missing }: Forgotten,
): AsyncGenerator<RenewalRow> {
  const names = Object.keys(renewals.columns) as (keyof RenewalRow)[];
  const since = addDays(asOf, -KEPT_DAYS);
  for await (const [columns, row] of pastRows(store, lastRun, names)) {
    const state = columns.state?.[row];
    const contractId = columns.contract_id?.[row] as string;
    if ((columns.term_end?.[row] as string) <= since) continue;
    if (takenBack.has(columns.renewal_id?.[row] as string)) continue;
    const past = () =>
      Object.fromEntries(names.map((name) => [name, columns[name]?.[row] ?? null])) as RenewalRow;
    const brings = inPlace.get(contractId);
    if (columns.how?.[row] === 'in_place') yield past();
    else if (brings !== undefined && isUnrenewed(state)) yield overwritten(past(), brings, asOf);
    else if (missing.has(contractId) && isUnrenewed(state) && state !== 'lapsed') {
      const row = missed(past(), asOf);
      if ((row.decided_on ?? asOf) >= addDays(asOf, -WAITED_DAYS)) yield row;
    }
  }
}

/** `decided_on` is the day since which it is missing. */
const missed = (past: RenewalRow, asOf: Day): RenewalRow => {
  const since = past.state === 'missing' ? past.decided_on : asOf;
  const says = `not in the warehouse since ${since}`;
  return { ...past, state: 'missing', how: null, says, live_arr_cents: 0, decided_on: since };
};

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

type Columns = Readonly<Record<string, ArrayLike<unknown>>>;

async function* pastRows(
  store: ObjectStore,
  lastRun: PastDay | null,
  names: readonly (keyof RenewalRow)[],
): AsyncGenerator<readonly [Columns, number]> {
  const path = lastRun?.manifest.files.find(({ table }) => table === renewals.name)?.path;
  if (path === undefined) return;
  for await (const batch of tableBatches(store, renewals, { path, columns: [...names] })) {
    for (let row = 0; row < batch.rowCount; row += 1) yield [batch.columns, row];
  }
}
