import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderObjectStore } from '../../../functions/adapters/local/folder-object-store.ts';
import { jsonlEventBus } from '../../../functions/adapters/local/jsonl-event-bus.ts';
import { addDays, type Day, toDay } from '../../../shared/basics/day.ts';
import { sha256 } from '../../../shared/basics/digest.ts';
import type { Config } from '../../../shared/config/schema.ts';
import type { EventType } from '../../../shared/events/event-types.ts';
import type { Job } from '../../../shared/jobs/job.ts';
import { rollupRevenue } from '../../../shared/jobs/rollup-revenue.ts';
import { scoreAccounts } from '../../../shared/jobs/score-accounts.ts';
import { trackRenewals } from '../../../shared/jobs/track-renewals.ts';
import type { BusEvent, EventBus } from '../../../shared/ports/event-bus.ts';
import type { Warehouse } from '../../../shared/ports/warehouse.ts';
import type { Manifest } from '../../../shared/publish/manifest.ts';
import { readPointer } from '../../../shared/publish/pointer.ts';
import { publishedPath } from '../../../shared/publish/publication.ts';
import { soundTables, type Tables, temporaryFolder } from '../../kit/company-folder.ts';
import { interposed } from '../../kit/interposed.ts';
import { type Fate, interrupted, isKill } from '../../kit/interrupted.ts';
import { memoryEventBus } from '../../kit/memory-event-bus.ts';
import { type MemoryObjectStore, memoryObjectStore } from '../../kit/memory-object-store.ts';
import { rememberingWarehouse } from '../../kit/remembering-warehouse.ts';
import { asOf, company, portsOf } from '../../kit/scored-company.ts';

const contents = (store: MemoryObjectStore): Record<string, string> =>
  Object.fromEntries(
    [...store.objects]
      .map(([key, { bytes }]) => [key, Buffer.from(bytes).toString('base64')])
      .sort(),
  );

/** The manifest of the run whose figures readers are shown for the day. */
async function manifestShown(store: MemoryObjectStore, job: string): Promise<Manifest> {
  const day = store.objects.get(`latest/${job}/${asOf}.json`);
  const { manifest } = JSON.parse(Buffer.from(day?.bytes ?? []).toString());
  return JSON.parse(Buffer.from(store.objects.get(manifest)?.bytes ?? []).toString());
}

/** The digests of what readers are shown, as it stands: partitions, and files for finance. */
const digestsShown = async (
  store: MemoryObjectStore,
  { files }: Pick<Manifest, 'files'>,
): Promise<string[]> =>
  files.map((file) => sha256(store.objects.get(publishedPath(file, asOf))?.bytes ?? ''));

/** Two tickets of yesterday, known today, and a renewal that came to its 60 days on Friday. */
const newsOfTheDay = {
  contracts: `${soundTables.contracts}
C-4,A-3,2026-01-19,2027-01-19,9000,USD,5,,,`,
  support_tickets: `${soundTables.support_tickets}
T-8,A-1,2026-11-21 09:00:00,,critical,,,
T-9,A-3,2026-11-21 09:00:00,,critical,,,`,
};

/** A store with all that stands in another. */
function copyOf(earlier: MemoryObjectStore): MemoryObjectStore {
  const store = memoryObjectStore();
  for (const [key, object] of earlier.objects) store.objects.set(key, object);
  return store;
}

/** Results as they stood after an earlier day, and a file that nobody has told anything yet. */
function resultsAfter(earlier: MemoryObjectStore) {
  const store = copyOf(earlier);
  const path = join(temporaryFolder(), 'events.jsonl');
  return { store, path, bus: jsonlEventBus(path) };
}

const linesOf = (path: string): BusEvent[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

interface Prepared {
  readonly config: Config;
  readonly day?: Day;
  readonly store?: MemoryObjectStore;
}

type Ports = Pick<ReturnType<typeof portsOf>, 'warehouse' | 'store'> & { bus: EventBus };

const interruptedPorts = ({ warehouse, store, bus }: Ports, fate: Fate) =>
  portsOf(interrupted(warehouse, fate), interrupted(store, fate), interrupted(bus, fate));

interface Tried {
  readonly job: Job;
  /** Jobs of the same day that have to be there, or that it looks at where they are. */
  readonly after: readonly Job[];
  /** What another attempt finds in the warehouse, and those jobs do not look at. */
  readonly corrected: Tables;
  /** The earlier run it compares with. */
  readonly daysBefore: number;
  /** Events that its second day has to tell, each once. */
  readonly tells: readonly EventType[];
  /**
   * A long job is disturbed at every so-manyth call while it computes, when nobody sees anything of
   * it yet, and at each once it publishes. Before each single call it is killed all the same.
   */
  readonly stride: number;
}

/** More calls than any job makes from its commit on. */
const PUBLISHING_CALLS = 80;

/** The call to disturb next. */
const nextCall = (nth: number, calls: number, stride: number): number =>
  nth + (nth + stride > calls - PUBLISHING_CALLS ? 1 : stride);

const halfTheContract = { contracts: soundTables.contracts.replace('240000', '120000') };
const anotherOwnersWord = {
  opportunities: soundTables.opportunities.replace('discovery,60000', 'negotiation,50000'),
};

const alone = { after: [], corrected: halfTheContract, daysBefore: 1, stride: 1 };

const tried: readonly Tried[] = [
  {
    job: scoreAccounts,
    ...alone,
    tells: ['HealthBandChanged', 'ChurnRiskFlagged', 'AccountsScored'],
  },
  { job: rollupRevenue, ...alone, tells: ['RevenueRolledUp'] },
  {
    ...{ job: trackRenewals, after: [scoreAccounts, rollupRevenue] },
    ...{ corrected: anotherOwnersWord, daysBefore: 7, stride: 8 },
    tells: ['RenewalAtRisk', 'RenewalMilestoneReached', 'ForecastChanged', 'RenewalsTracked'],
  },
];

describe.each(tried)('at least once: $job.name', (one) => {
  const { job, after, corrected, daysBefore, tells, stride } = one;

  /** Results in which the jobs before this one have published the day. */
  async function prepared(
    warehouse: Warehouse,
    { config, day = asOf, store = memoryObjectStore() }: Prepared,
  ): Promise<MemoryObjectStore> {
    for (const earlier of after)
      await earlier.run({ asOf: day, config }, portsOf(warehouse, store));
    return store;
  }

  test('a rerun gives the same bytes and computes nothing', async () => {
    const { config, warehouse } = await company();
    const store = await prepared(warehouse, { config });
    const first = await job.run({ asOf, config }, portsOf(warehouse, store));
    const before = contents(store);
    const second = await job.run({ asOf, config }, portsOf(warehouse, store));
    expect([first.computed, second.computed]).toEqual([true, false]);
    expect(contents(store)).toEqual(before);
  });

  test('a run elsewhere gives the same bytes, in memory or in a folder', async () => {
    const { config, warehouse } = await company();
    const store = await prepared(warehouse, { config });
    const folder = folderObjectStore(temporaryFolder());
    for (const earlier of after) await earlier.run({ asOf, config }, portsOf(warehouse, folder));
    await job.run({ asOf, config }, portsOf(warehouse, store));
    await job.run({ asOf, config }, portsOf(warehouse, folder));
    for (const [key, { bytes }] of store.objects) {
      expect(Buffer.from((await folder.read(key))?.bytes ?? []).equals(bytes), key).toBe(true);
    }
  });

  test('another revision stands beside the first and takes the partition', async () => {
    const { config, warehouse } = await company();
    const store = await prepared(warehouse, { config });
    const first = await job.run({ asOf, config }, portsOf(warehouse, store));
    const again = await job.run({ asOf, config, revision: 2 }, portsOf(warehouse, store));
    expect(again.computed).toBe(true);
    expect(again.manifest.run_key).not.toBe(first.manifest.run_key);
    expect(await readPointer(store, job.name)).toMatchObject({
      run_key: again.manifest.run_key,
    });
  });

  test('a late delivery of an earlier revision leaves the later one alone', async () => {
    const { config, warehouse } = await company();
    const store = await prepared(warehouse, { config });
    await job.run({ asOf, config }, portsOf(warehouse, store));
    await job.run({ asOf, config, revision: 2 }, portsOf(warehouse, store));
    const before = contents(store);
    const bus = memoryEventBus();
    const late = await job.run({ asOf, config }, portsOf(warehouse, store, bus));
    expect(late).toMatchObject({ computed: false, published: false, latest: false });
    expect(bus.events).toEqual([]);
    expect(contents(store)).toEqual(before);
  });

  test('another revision at any call leaves the tables of one run and not of two', async () => {
    const [first, second] = [await company(), await company({ tables: corrected })];
    const [now, then] = [
      rememberingWarehouse(first.warehouse),
      rememberingWarehouse(second.warehouse),
    ];
    const { config } = first;
    const before = await prepared(now, { config });
    for (const [mine, other] of [
      [1, 2],
      [2, 1],
    ] as const) {
      let calls = 1;
      for (let nth = 1; nth <= calls; nth = nextCall(nth, calls, stride)) {
        const store = copyOf(before);
        const rival = () => job.run({ asOf, config, revision: other }, portsOf(then, store));
        const wrapped = interposed(store, nth, rival);
        await job.run({ asOf, config, revision: mine }, portsOf(now, wrapped.port));
        calls = wrapped.calls();
        const shown = await manifestShown(store, job.name);
        expect(shown.revision, `revision ${mine}, other at call ${nth}`).toBe(2);
        expect(await digestsShown(store, shown)).toEqual(shown.files.map(({ sha256 }) => sha256));
      }
      // A run that finds a later revision makes fewer calls, so the last one is not the longest.
      expect(calls).toBeGreaterThan(5);
    }
  }, 120_000);

  test('another attempt over other data cannot change what was committed', async () => {
    const [first, second] = [await company(), await company({ tables: corrected })];
    const [now, then] = [
      rememberingWarehouse(first.warehouse),
      rememberingWarehouse(second.warehouse),
    ];
    const { config } = first;
    const before = await prepared(now, { config });
    let calls = 1;
    for (let nth = 1; nth <= calls; nth = nextCall(nth, calls, stride)) {
      const store = copyOf(before);
      const wrapped = interposed(store, nth, () => job.run({ asOf, config }, portsOf(then, store)));
      await job.run({ asOf, config }, portsOf(now, wrapped.port));
      calls = wrapped.calls();
      const shown = await manifestShown(store, job.name);
      expect(await digestsShown(store, shown), `at call ${nth}`).toEqual(
        shown.files.map(({ sha256 }) => sha256),
      );
    }
  }, 120_000);

  test('a run without a bus keeps its events for one that has it', async () => {
    const { config, warehouse } = await company();
    const store = await prepared(warehouse, { config });
    const first = await job.run({ asOf, config }, portsOf(warehouse, store, null));
    expect(first.events).toEqual({ planned: 1, delivered: 0 });
    const bus = memoryEventBus();
    const second = await job.run({ asOf, config }, portsOf(warehouse, store, bus));
    expect(second).toMatchObject({ computed: false, events: { planned: 1, delivered: 1 } });
    expect(bus.events).toHaveLength(1);
  });

  test('a day that is yet to come is refused before anything is written', async () => {
    const { config, warehouse } = await company();
    const store = await prepared(warehouse, { config });
    const before = contents(store);
    const run = job.run({ asOf: toDay('2026-11-24'), config }, portsOf(warehouse, store));
    await expect(run).rejects.toMatchObject({ kind: 'usage' });
    expect(contents(store)).toEqual(before);
  });

  test.each(['before', 'after'] as const)(
    'killed %s any port call and run again, it ends as if never killed',
    async (when) => {
      const { config, warehouse: engine } = await company({ tables: newsOfTheDay });
      const warehouse = rememberingWarehouse(engine);
      const scored = { ...config.model, minimum_coverage: 0, hysteresis: 0 };
      // An earlier day, so that there is something to compare with, and so to tell.
      const lenient = { ...scored, bands: { green: 1, yellow: 0.5 } };
      const earlier = { asOf: addDays(asOf, -daysBefore), config: { ...config, model: lenient } };
      const before = await prepared(warehouse, { day: earlier.asOf, config: earlier.config });
      await job.run(earlier, portsOf(warehouse, before));
      const strict = { ...scored, bands: { green: 99.9, yellow: 99 } };
      const input = { asOf, config: { ...config, model: strict } };
      await prepared(warehouse, { config: input.config, store: before });
      const { store: unharmed, path: told, bus } = resultsAfter(before);
      const counted: Fate = { calls: 0, killAt: 0, when };
      await job.run(input, interruptedPorts({ warehouse, store: unharmed, bus }, counted));
      const expected = contents(unharmed);
      const expectedEvents = linesOf(told);
      expect(counted.calls).toBeGreaterThan(30);
      expect(expectedEvents.map(({ type }) => type)).toEqual(expect.arrayContaining([...tells]));
      const { files } = await manifestShown(unharmed, job.name);
      expect(await digestsShown(unharmed, { files })).toEqual(files.map(({ sha256 }) => sha256));

      const step = when === 'before' ? 1 : stride;
      for (
        let killAt = 1;
        killAt <= counted.calls;
        killAt = nextCall(killAt, counted.calls, step)
      ) {
        const { store, path, bus } = resultsAfter(before);
        const fate: Fate = { calls: 0, killAt, when };
        const outcome = await job
          .run(input, interruptedPorts({ warehouse, store, bus }, fate))
          .catch((error) => error);
        expect(isKill(outcome), `call ${killAt}: ${outcome}`).toBe(true);
        const { events } = await job.run(input, portsOf(warehouse, store, jsonlEventBus(path)));
        expect(contents(store), `killed ${when} call ${killAt}`).toEqual(expected);
        expect(linesOf(path), `killed ${when} call ${killAt}`).toEqual(expectedEvents);
        expect(events.delivered).toBe(expectedEvents.length);
      }
    },
    300_000,
  );
});
