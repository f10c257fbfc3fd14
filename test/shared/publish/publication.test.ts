import { describe, expect, test } from 'vitest';
import { sha256 } from '../../../shared/basics/digest.ts';
import type { ObjectStore } from '../../../shared/ports/object-store.ts';
import {
  commitManifest,
  type Manifest,
  manifestPath,
  readManifest,
} from '../../../shared/publish/manifest.ts';
import {
  partitionPath,
  publishedPath,
  publishRun,
  writeTables,
} from '../../../shared/publish/publication.ts';
import { runOf } from '../../../shared/publish/run-key.ts';
import { defineTable } from '../../../shared/publish/table.ts';
import { type Fate, interrupted, Killed } from '../../kit/interrupted.ts';
import { type MemoryObjectStore, memoryObjectStore } from '../../kit/memory-object-store.ts';
import { manifestWith, renewalDay, renewalRun } from '../../kit/renewal-rows.ts';

const notes = defineTable({
  name: 'notes',
  grain: 'one row per note',
  columns: { note: { kind: 'text', meaning: '' } },
});

const AS_OF = renewalDay;
const KEYS = [`finance/x/as_of=${AS_OF}/notes.csv`, `finance/x/as_of=${AS_OF}/manifest.json`];
const [csv, last] = KEYS as [string, string];
const laterRun = runOf({ ...renewalRun, config: {}, revision: 2 });

const write = (store: ObjectStore, run = renewalRun): Promise<Manifest['files']> =>
  writeTables(store, run, { notes }, async (open, others) => {
    open.notes.add({ note: run.key });
    for (const key of KEYS) {
      const file = await others.open(key);
      file.add(`${key} of ${run.key}\n`, 1);
      await file.finish();
    }
  });

const publish = async (store: ObjectStore, run = renewalRun) => {
  const path = manifestPath(run);
  if ((await readManifest(store, path)) === null)
    await commitManifest(store, path, manifestWith(run, await write(store, run)));
  return publishRun(store, run);
};

const standing = (store: MemoryObjectStore) =>
  Object.fromEntries([...store.objects].map(([key, { bytes }]) => [key, sha256(bytes)]).sort());

const textAt = (store: MemoryObjectStore, key: string) =>
  new TextDecoder().decode(store.objects.get(key)?.bytes);

describe('files of a run that are no tables', () => {
  test('are named by their content, and told after the tables in the order of their end', async () => {
    const store = memoryObjectStore();
    const files = await write(store);
    expect(files.map((file) => publishedPath(file, AS_OF))).toEqual([
      partitionPath('notes', AS_OF),
      csv,
      last,
    ]);
    for (const { path, sha256: digest, bytes } of files) {
      const found = store.objects.get(path)?.bytes ?? new Uint8Array();
      expect([sha256(found), found.length]).toEqual([digest, bytes]);
      expect(path).toContain(digest.slice(0, 12));
    }
    expect(files[1]).toMatchObject({ table: 'notes.csv', rows: 1 });
  });

  test('are copied to where they say', async () => {
    const store = memoryObjectStore();
    expect(await publish(store)).toEqual({ published: true, latest: true });
    expect(textAt(store, csv)).toBe(`${csv} of ${renewalRun.key}\n`);
    expect(store.objects.has(partitionPath('notes', AS_OF))).toBe(true);
  });

  test('are those of the later revision, also when the earlier one comes again', async () => {
    const store = memoryObjectStore();
    await publish(store);
    await publish(store, laterRun);
    await publish(store);
    for (const key of KEYS) expect(textAt(store, key)).toContain(laterRun.key);
  });

  test('killed at any call and run again, the end is the same', async () => {
    const whole = memoryObjectStore();
    const counted: Fate = { calls: 0, killAt: 0, when: 'before' };
    await publish(interrupted(whole, counted));
    expect(counted.calls).toBeGreaterThan(15);
    for (const when of ['before', 'after'] as const) {
      for (let killAt = 1; killAt <= counted.calls; killAt += 1) {
        const store = memoryObjectStore();
        const dying = publish(interrupted(store, { calls: 0, killAt, when }));
        await expect(dying, `${when} call ${killAt}`).rejects.toBeInstanceOf(Killed);
        const shown = KEYS.map((key) => store.objects.has(key));
        expect(shown, 'what is finished last is shown last').not.toEqual([false, true]);
        await publish(store);
        expect(standing(store), `${when} call ${killAt}`).toEqual(standing(whole));
      }
    }
  });

  test('damaged ones are not shown', async () => {
    const store = memoryObjectStore();
    const files = await write(store);
    await commitManifest(store, manifestPath(renewalRun), manifestWith(renewalRun, files));
    store.objects.set(files[2]?.path ?? '', { bytes: new Uint8Array(3), version: 'x' });
    await expect(publishRun(store, renewalRun)).rejects.toThrow('found 3 bytes');
    expect(store.objects.has(last)).toBe(false);
  });

  test.each([
    ['one is left open', 'every file is finished', async () => undefined],
    [
      'the job stops',
      'no more rates',
      async () => {
        throw new Error('no more rates');
      },
    ],
  ])('none is left behind when %s', async (_, words, then) => {
    const store = memoryObjectStore();
    let abandoned = 0;
    const counting: ObjectStore = {
      ...store,
      upload: async () => {
        const upload = await store.upload();
        const abandon = async () => {
          abandoned += 1;
        };
        return { ...upload, abandon };
      },
    };
    const writing = writeTables(counting, renewalRun, {}, async (__, others) => {
      await others.open(csv);
      await then();
    });
    await expect(writing).rejects.toThrow(words);
    expect([abandoned, store.objects.size]).toEqual([1, 0]);
  });

  test('a key is one file', async () => {
    const writing = writeTables(memoryObjectStore(), renewalRun, {}, async (_, others) => {
      await (await others.open(csv)).finish();
      await others.open(csv);
    });
    await expect(writing).rejects.toThrow('is one file of the run');
  });
});
