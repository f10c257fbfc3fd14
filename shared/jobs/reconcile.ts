import type { Day } from '../basics/day.ts';
import type { Cents } from '../basics/money.ts';
import { HoldfastError, type Problem } from '../basics/problem.ts';
import type { Config } from '../config/schema.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { type Manifest, readManifest } from '../publish/manifest.ts';
import { dayPointerOf } from '../publish/pointer.ts';
import { readTable } from '../publish/read-table.ts';
import { revenueRollups } from '../publish/revenue-tables.ts';
import type { LiveArr } from './renewal-stream.ts';
import { revenueDefinitions } from './revenue-definitions.ts';

/** Revenue as it was published of the day. */
export interface RevenueOfDay {
  readonly manifest: Manifest;
}

/** Throws where the revenue of the day is not published yet, or by other definitions than these. */
export const revenueOfDay = async (
  store: ObjectStore,
  { asOf, config }: { asOf: Day; config: Config },
): Promise<RevenueOfDay> => {
  const pointer = await dayPointerOf(store, 'rollup-revenue', asOf);
  const manifest = pointer && (await readManifest(store, pointer.manifest));
  const where = `rollup-revenue of ${asOf}`;
  if (!manifest) {
    throw new HoldfastError('results', [
      {
        where,
        found: 'nothing published',
        expected: 'the ARR of the day, which a forecast of renewals has to agree with',
        fix: `Run it first: holdfast run rollup-revenue --as-of ${asOf}. Deployed, its end begins this job.`,
      },
    ]);
  }
  const { hash } = revenueDefinitions({ config });
  if (manifest.definitions.hash !== hash) {
    throw new HoldfastError('results', [
      {
        where,
        found: `figures by definitions ${manifest.definitions.hash}`,
        expected: `definitions ${hash}, which this config puts in force`,
        fix: `Run rollup-revenue again with this config: --as-of ${asOf} --revision ${manifest.revision + 1}.`,
      },
    ]);
  }
  return { manifest };
};

/** Problems are listed up to so many; one is enough to stop. */
const MOST_NAMED = 6;

/**
 * The ARR that the renewals add up to has to be the ARR of revenue_rollups, to the cent: as a whole,
 * by segment and by product. Throws where it is not, before anything is committed.
 */
export const reconcile = async (
  store: ObjectStore,
  { manifest }: RevenueOfDay,
  live: LiveArr,
): Promise<Cents> => {
  const revenue = await revenueArr(store, manifest);
  const problems: Problem[] = [];
  const compare = (what: string, mine: Cents, theirs: Cents): void => {
    if (mine === theirs || problems.length >= MOST_NAMED) return;
    problems.push({
      where: `renewals of ${manifest.as_of}, ${what}`,
      found: `ARR of ${inUnits(mine)}`,
      expected: `${inUnits(theirs)}, as revenue_rollups has it`,
      fix: `Contracts have changed since rollup-revenue ran: run it again with --revision ${manifest.revision + 1}, and then this.`,
    });
  };
  compare('all', live.whole, revenue.get('all all') ?? 0);
  for (const [cut, mine] of [
    ['segment', live.bySegment],
    ['product', live.byProduct],
  ] as const) {
    const theirs = [...revenue].filter(([key]) => key.startsWith(`${cut} `));
    for (const [key, cents] of theirs)
      compare(key, mine.get(key.slice(cut.length + 1)) ?? 0, cents);
    for (const [value, cents] of mine) {
      if (!revenue.has(`${cut} ${value}`)) compare(`${cut} ${value}`, cents, 0);
    }
  }
  if (problems.length > 0) throw new HoldfastError('results', problems);
  return revenue.get('all all') ?? 0;
};

const CUTS = ['all', 'segment', 'product'];

/** ARR on the day by cut and value, as published. */
async function revenueArr(store: ObjectStore, manifest: Manifest): Promise<Map<string, Cents>> {
  const path = manifest.files.find(({ table }) => table === revenueRollups.name)?.path;
  const filter = { cut: { $in: CUTS } };
  const rows = path === undefined ? null : await readTable(store, revenueRollups, { path, filter });
  const found = new Map<string, Cents>();
  for (const row of rows ?? []) {
    const isToday = row.window === 'trailing_12_months' && row.window_end === manifest.as_of;
    if (!isToday || !row.is_default_method) continue;
    found.set(`${row.cut} ${row.cut_value}`, row.closing_arr_cents ?? 0);
  }
  return found;
}

const inUnits = (cents: Cents): string => (cents / 100).toFixed(2);
