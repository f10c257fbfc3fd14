import type { ObjectStore } from '../shared/ports/object-store.ts';
import type { Progress } from '../shared/ports/progress.ts';
import type { Warehouse } from '../shared/ports/warehouse.ts';
import type { stopwatch } from './stages/stage.ts';

/** What S3 charges by the thousand; parts as s3-upload.ts cuts them. */
const PART_BYTES = 8 * 1024 * 1024;

/** Each step a job announces, with the part it is, and the part that goes by before it. */
const STEPS: Readonly<Record<string, { readonly before: string; readonly part: string }>> = {
  'Checking the sources': { before: 'start', part: 'checks' },
  'Reading and scoring accounts': { before: 'looking back', part: 'scoring' },
  Publishing: { before: 'finishing', part: 'publishing' },
};

/** Times the parts of a job by the steps it announces; waiting for features is kept apart. */
export const partsOf = (watch: ReturnType<typeof stopwatch>, waited: () => number): Progress => ({
  step(title) {
    const { before, part } = STEPS[title] ?? { before: 'other', part: title };
    watch.lap(before);
    return {
      update: () => undefined,
      done() {
        if (part === 'scoring') watch.lap(part, { features: waited() });
        else watch.lap(part);
      },
    };
  },
});

/** A warehouse that knows how long the job has waited for its stream, and how many rows came. */
export const observedWarehouse = (warehouse: Warehouse) => {
  let seconds = 0;
  let rows = 0;
  async function* waitedFor<Item extends { readonly rowCount: number }>(
    answer: AsyncIterable<Item>,
  ): AsyncGenerator<Item> {
    const batches = answer[Symbol.asyncIterator]();
    for (;;) {
      const asked = performance.now();
      const next = await batches.next();
      seconds += (performance.now() - asked) / 1000;
      if (next.done === true) return;
      rows += next.value.rowCount;
      yield next.value;
    }
  }
  const { streamPacked } = warehouse;
  const observed: Warehouse = {
    read: (query) => warehouse.read(query),
    stream: (query) => waitedFor(warehouse.stream(query)),
    ...(streamPacked && { streamPacked: (query) => waitedFor(streamPacked(query)) }),
    close: () => warehouse.close(),
  };
  return { warehouse: observed, waited: () => seconds, rows: () => rows };
};

/** A store that counts the requests S3 would be sent for what it is asked. */
export const observedStore = (store: ObjectStore) => {
  const counts = { puts: 0, gets: 0, bytesUploaded: 0 };
  const observed: ObjectStore = {
    locate: (key) => store.locate(key),
    read: (key) => {
      counts.gets += 1;
      return store.read(key);
    },
    async open(key) {
      counts.gets += 1;
      const reader = await store.open(key);
      if (reader === undefined) return undefined;
      return {
        byteLength: reader.byteLength,
        slice(start, end) {
          counts.gets += 1;
          return reader.slice(start, end);
        },
      };
    },
    create: (key, bytes) => {
      counts.puts += 1;
      return store.create(key, bytes);
    },
    replace: (key, bytes, version) => {
      counts.puts += 1;
      return store.replace(key, bytes, version);
    },
    copy: (from, to) => {
      counts.puts += 1;
      return store.copy(from, to);
    },
    async upload() {
      const upload = await store.upload();
      let written = 0;
      return {
        write(bytes) {
          written += bytes.byteLength;
          return upload.write(bytes);
        },
        finish(key) {
          const parts = Math.ceil(written / PART_BYTES);
          // Begun, put together and copied to its key, where it is more than one part.
          counts.puts += parts <= 1 ? 1 : parts + 3;
          counts.bytesUploaded += written;
          return upload.finish(key);
        },
        abandon: () => upload.abandon(),
      };
    },
  };
  return { store: observed, counts };
};
