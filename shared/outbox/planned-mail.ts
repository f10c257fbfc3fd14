import { addDays, type Day } from '../basics/day.ts';
import { HoldfastError } from '../basics/problem.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { type Manifest, readPastManifest } from '../publish/manifest.ts';
import { outboxMessages, outboxTables } from '../publish/outbox-tables.ts';
import { dayPointerOf } from '../publish/pointer.ts';
import { readTable } from '../publish/read-table.ts';
import type { RowOf } from '../publish/table.ts';
import type { Mail } from './found-message.ts';

/** A message as the table of its run tells of it. */
export interface ListedMail extends Mail, Omit<RowOf<typeof outboxMessages>, 'message_id'> {}

const tableOf = ({ files }: Pick<Manifest, 'files'>): Manifest['files'][number] | undefined =>
  files.find(({ table }) => outboxTables.some(({ name }) => name === table));

/** Whether a run is of a job that plans mail, on this day or another. */
export const plansMail = (manifest: Pick<Manifest, 'files'>): boolean =>
  tableOf(manifest) !== undefined;

/** How many mails a run has planned. */
export const mailPlannedBy = (manifest: Pick<Manifest, 'files'>): number =>
  tableOf(manifest)?.rows ?? 0;

/** The mails of a run, in the order of its table, each with the run's own file. */
export const mailOf = async (store: ObjectStore, manifest: Manifest): Promise<ListedMail[]> => {
  const file = tableOf(manifest);
  if (file === undefined || file.rows === 0) return [];
  const rows = await readTable(store, outboxMessages, { path: file.path });
  if (rows === null) throw missing(store.locate(file.path));
  const paths = new Map(manifest.files.map(({ published_as, path }) => [published_as, path]));
  return rows.map(({ message_id: messageId, ...row }) => ({
    ...row,
    messageId,
    // Where it is missing, reading it will say so.
    file: paths.get(`${row.folder}/message.json`) ?? `${row.folder}/message.json`,
    runKey: manifest.run_key,
    asOf: manifest.as_of,
  }));
};

function missing(where: string): HoldfastError {
  const expected = 'the table of mails that a run has committed';
  const fix = 'Restore the object, or compute its day anew with another revision.';
  return new HoldfastError('results', [{ where, found: 'nothing', expected, fix }]);
}

/** So far back mail is looked after. */
const DAYS_LOOKED_AFTER = 14;

const DAYS_AT_ONCE = 7;

/** The runs that readers are shown of the days before one, the latest first. */
export const runsBefore = async (
  store: ObjectStore,
  job: string,
  asOf: Day,
): Promise<Manifest[]> => {
  const days = Array.from({ length: DAYS_LOOKED_AFTER }, (_, at) => addDays(asOf, -at - 1));
  const runs: Manifest[] = [];
  for (let from = 0; from < days.length; from += DAYS_AT_ONCE) {
    const asked = days.slice(from, from + DAYS_AT_ONCE);
    const found = await Promise.all(asked.map((day) => runShownOf(store, job, day)));
    runs.push(...found.filter((run) => run !== null));
  }
  return runs;
};

/** The run that readers are shown of a day; null where there is none. */
export const runShownOf = async (
  store: ObjectStore,
  job: string,
  day: Day,
): Promise<Manifest | null> => {
  const pointer = await dayPointerOf(store, job, day);
  return pointer === null ? null : readPastManifest(store, pointer.manifest);
};
