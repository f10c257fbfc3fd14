import { addDays, type Day, dayToEpoch } from '../basics/day.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Batch } from '../ports/warehouse.ts';
import { tableBatches } from '../publish/read-table.ts';
import { renewalMilestones } from '../publish/renewal-tables.ts';
import type { RowOf } from '../publish/table.ts';
import { isSettled, type MilestoneState, type PastMilestone } from '../renewals/milestones.ts';
import type { PastDay } from './past-days.ts';

type MilestoneRow = RowOf<typeof renewalMilestones>;

/** A renewal that is not in the warehouse for a while is remembered so long after its clock. */
const REMEMBERED_DAYS = 45;

const MEMORY = ['renewal_id', 'milestone_days', 'state', 'reached_on', 'says'] as const;

/**
 * The milestones that have fired, by renewal and not by account: an account may change, and a line
 * may be missing for a run, and neither may fire a milestone again.
 */
export const pastMilestones = async (store: ObjectStore, lastRun: PastDay | null) => {
  const known = new Map<string, PastMilestone[]>();
  for await (const [columns, row] of rowsOf(store, lastRun, MEMORY)) {
    const state = columns.state?.[row] as MilestoneState;
    if (!isSettled(state)) continue;
    const id = columns.renewal_id?.[row] as string;
    const past = known.get(id) ?? [];
    past.push(milestoneAt(columns, row, state));
    known.set(id, past);
  }

  return {
    /** What has fired of a renewal that is looked at today; asked once. */
    take(renewalId: string): readonly PastMilestone[] {
      const past = known.get(renewalId) ?? [];
      known.delete(renewalId);
      return past;
    },

    /** The rows of renewals that nobody asked for: they are written again, as they were. */
    async *rest(asOf: Day): AsyncGenerator<MilestoneRow> {
      const since = addDays(asOf, -REMEMBERED_DAYS);
      const names = Object.keys(renewalMilestones.columns) as (keyof MilestoneRow)[];
      for await (const [columns, row] of rowsOf(store, known.size === 0 ? null : lastRun, names)) {
        const isRemembered = known.has(columns.renewal_id?.[row] as string);
        const state = columns.state?.[row] as MilestoneState;
        if (!isRemembered || !isSettled(state)) continue;
        if ((columns.clock_on?.[row] as string) < since) continue;
        const past = names.map((name) => [name, columns[name]?.[row] ?? null]);
        const now = state === 'reached' ? 'done' : state;
        yield { ...(Object.fromEntries(past) as MilestoneRow), state: now };
      }
    },
  };
};

export type PastMilestones = Awaited<ReturnType<typeof pastMilestones>>;

function milestoneAt(columns: Batch['columns'], row: number, state: MilestoneState): PastMilestone {
  const reached = columns.reached_on?.[row] as Day | null;
  return {
    days: columns.milestone_days?.[row] as number,
    state,
    reachedOn: reached === null ? null : dayToEpoch(reached),
    says: columns.says?.[row] as string,
  };
}

async function* rowsOf(
  store: ObjectStore,
  lastRun: PastDay | null,
  names: readonly (keyof MilestoneRow)[],
): AsyncGenerator<readonly [Batch['columns'], number]> {
  const path = lastRun?.manifest.files.find(({ table }) => table === renewalMilestones.name)?.path;
  if (path === undefined) return;
  for await (const batch of tableBatches(store, renewalMilestones, { path, columns: [...names] })) {
    for (let row = 0; row < batch.rowCount; row += 1) yield [batch.columns, row];
  }
}
