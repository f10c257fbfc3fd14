import { describe, expect, test } from 'vitest';
import type { ObjectStore, RangeReader } from '../../shared/ports/object-store.ts';
import { uploadContract } from './object-store.upload.contract.ts';

export interface StoreUnderTest {
  readonly store: ObjectStore;
  /** The key, with its prefix, of every object that stands in the store. */
  keys(): Promise<string[]>;
  close?(): Promise<void>;
}

export type Within = (run: (held: StoreUnderTest) => Promise<void>) => () => Promise<void>;

/** What every place for results must do; jobs are written against this and nothing else. */
export const objectStoreContract = (name: string, setup: () => Promise<StoreUnderTest>): void => {
  const within: Within = (run) => async () => {
    const held = await setup();
    try {
      await run(held);
    } finally {
      await held.close?.();
    }
  };

  describe(`object store: ${name}`, () => {
    readingContract(within);
    claimContract(within);
    pointerContract(within);
    copyContract(within);
    uploadContract(within);
  });
};

function readingContract(within: Within): void {
  test(
    'what is not there is undefined',
    within(async ({ store }) => {
      expect(await store.read('a/none.json')).toBeUndefined();
      expect(await store.open('a/none.json')).toBeUndefined();
    }),
  );

  test(
    'ranges start where asked and end before the end',
    within(async ({ store }) => {
      await store.create('a/digits', bytesOf('0123456789'));
      const reader = await opened(store, 'a/digits');
      expect(reader.byteLength).toBe(10);
      expect(await rangeOf(reader, 0, 4)).toBe('0123');
      expect(await rangeOf(reader, 6)).toBe('6789');
      expect(await rangeOf(reader, 9, 10)).toBe('9');
      expect(await rangeOf(reader, 4, 4)).toBe('');
      expect((await reader.slice(3, 5)).byteLength).toBe(2);
    }),
  );

  test.each(['as_of=2026-03-01/Größe Ü – 数.csv', 'deep/er/and/deeper', "it's + 100%.txt"])(
    'keys may be %s',
    (key) =>
      within(async ({ store }) => {
        expect(await store.create(key, bytesOf('here'))).toBe(true);
        await store.copy(key, `copies/${key}`);
        expect(await textAt(store, `copies/${key}`)).toBe('here');
        expect(store.locate(key)).toContain(key);
      })(),
  );

  test.each(['../out', 'a/../../out', '..'])('a key may not be %s', (key) =>
    within(async ({ store }) => {
      const inside = 'inside';
      await store.create(inside, bytesOf('x'));
      await expect(Promise.resolve().then(() => store.read(key))).rejects.toThrow();
      await expect(Promise.resolve().then(() => store.open(key))).rejects.toThrow();
      await expect(Promise.resolve().then(() => store.create(key, bytesOf('x')))).rejects.toThrow();
      await expect(Promise.resolve().then(() => store.copy(inside, key))).rejects.toThrow();
    })(),
  );
}

function claimContract(within: Within): void {
  test(
    'create puts once; the same bytes again are ours, others are not',
    within(async ({ store }) => {
      expect(await store.create('claim', bytesOf('mine'))).toBe(true);
      expect(await store.create('claim', bytesOf('mine'))).toBe(true);
      expect(await store.create('claim', bytesOf('theirs'))).toBe(false);
      expect(await textAt(store, 'claim')).toBe('mine');
    }),
  );

  test(
    'of many that create at once one wins, and its bytes stand',
    within(async ({ store }) => {
      const claims = Array.from({ length: 8 }, (_, index) => `claim of ${index}`);
      const won = await Promise.all(claims.map((claim) => store.create('race', bytesOf(claim))));
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await textAt(store, 'race')).toBe(claims[won.indexOf(true)]);
    }),
  );

  test(
    'an empty object is an object',
    within(async ({ store }) => {
      expect(await store.create('empty', bytesOf(''))).toBe(true);
      expect((await opened(store, 'empty')).byteLength).toBe(0);
      expect(await store.create('empty', bytesOf('full'))).toBe(false);
    }),
  );
}

function pointerContract(within: Within): void {
  test(
    'replace needs the current version',
    within(async ({ store }) => {
      await store.create('pointer', bytesOf('one'));
      const one = await versionAt(store, 'pointer');
      expect(await store.replace('pointer', bytesOf('two'), one)).toBe(true);
      expect(await versionAt(store, 'pointer')).not.toBe(one);
      expect(await store.replace('pointer', bytesOf('three'), one)).toBe(false);
      expect(await store.replace('pointer', bytesOf('three'), '"nothing like it"')).toBe(false);
      expect(await store.replace('nothing there', bytesOf('three'), one)).toBe(false);
      expect(await textAt(store, 'pointer')).toBe('two');
      expect(await store.read('nothing there')).toBeUndefined();
    }),
  );

  test(
    'of many that replace one version at once one wins, and its bytes stand',
    within(async ({ store }) => {
      await store.create('pointer', bytesOf('start'));
      const version = await versionAt(store, 'pointer');
      const texts = Array.from({ length: 8 }, (_, index) => `pointer of ${index}`);
      const won = await Promise.all(
        texts.map((text) => store.replace('pointer', bytesOf(text), version)),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await textAt(store, 'pointer')).toBe(texts[won.indexOf(true)]);
    }),
  );
}

function copyContract(within: Within): void {
  test(
    'copy puts the content over whatever stood there and needs a source',
    within(async ({ store }) => {
      await store.create('from', bytesOf('new'));
      await store.create('to', bytesOf('old'));
      await store.copy('from', 'to');
      expect(await textAt(store, 'to')).toBe('new');
      expect(await textAt(store, 'from')).toBe('new');
      await expect(store.copy('nothing', 'to')).rejects.toMatchObject({ kind: 'results' });
    }),
  );
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

async function opened(store: ObjectStore, key: string): Promise<RangeReader> {
  const reader = await store.open(key);
  expect(reader).toBeDefined();
  return reader as RangeReader;
}

async function rangeOf(reader: RangeReader, start: number, end?: number): Promise<string> {
  return Buffer.from(await reader.slice(start, end)).toString();
}

async function textAt(store: ObjectStore, key: string): Promise<string> {
  return Buffer.from((await store.read(key))?.bytes ?? []).toString();
}

async function versionAt(store: ObjectStore, key: string): Promise<string> {
  return (await store.read(key))?.version ?? 'none';
}
