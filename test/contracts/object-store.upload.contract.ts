import { expect, test } from 'vitest';
import type { ObjectStore, Upload } from '../../shared/ports/object-store.ts';
import type { Within } from './object-store.contract.ts';

const MIB = 1024 * 1024;

/** What an upload must do, whether a store can hold it back itself or has to stage it in parts. */
export const uploadContract = (within: Within): void => {
  appearingContract(within);
  givingUpContract(within);
};

function appearingContract(within: Within): void {
  test.each([
    ['nothing', 0, 1],
    ['a little', 1_000, 7],
    ['one part exactly', 8 * MIB, MIB],
    ['several parts in odd pieces', 17 * MIB + 13, 3 * MIB + 1],
  ])('an upload of %s appears whole, and under no key before it is finished', (_, size, step) =>
    within(async ({ store, keys }) => {
      const content = noise(size);
      const upload = await store.upload();
      for (let at = 0; at < size; at += step) {
        const piece = new Uint8Array(content.subarray(at, at + step));
        await upload.write(piece);
        // The port lets a caller use its buffer again.
        piece.fill(0);
      }
      expect(await keys()).toEqual([]);
      await upload.finish('runs/table');
      expect((await bytesAt(store, 'runs/table'))?.equals(content)).toBe(true);
      const reader = await store.open('runs/table');
      expect(reader?.byteLength).toBe(size);
      const tail = Buffer.from((await reader?.slice(Math.max(0, size - 5))) ?? new ArrayBuffer(1));
      expect(tail.equals(content.subarray(-5))).toBe(true);
    })(),
  );

  test.each([
    [10, 9 * MIB],
    [9 * MIB, 10],
    [9 * MIB, 10 * MIB],
  ])('an upload of %d bytes is replaced whole by one of %d', (first, second) =>
    within(async ({ store }) => {
      await (await uploadOf(store, noise(first))).finish('table');
      const over = await uploadOf(store, noise(second, 2));
      expect((await bytesAt(store, 'table'))?.equals(noise(first))).toBe(true);
      await over.finish('table');
      expect((await bytesAt(store, 'table'))?.equals(noise(second, 2))).toBe(true);
    })(),
  );

  test.each([
    [10, 20],
    [9 * MIB, 9 * MIB],
    [9 * MIB, 20],
  ])('uploads of %d and %d bytes, open at once, keep their content apart', (one, other) =>
    within(async ({ store }) => {
      const contents = [noise(one), noise(other, 2)];
      const uploads = await Promise.all([store.upload(), store.upload()]);
      for (let at = 0; at < Math.max(one, other); at += MIB) {
        const pieces = contents.map((content) => content.subarray(at, at + MIB));
        await Promise.all(uploads.map((upload, index) => upload.write(pieces[index] as Buffer)));
      }
      await Promise.all(uploads.map((upload, index) => upload.finish(`table ${index}`)));
      for (const [index, content] of contents.entries()) {
        expect((await bytesAt(store, `table ${index}`))?.equals(content)).toBe(true);
      }
    })(),
  );
}

function givingUpContract(within: Within): void {
  test.each([10, 9 * MIB])('an abandoned upload of %d bytes leaves nothing', (size) =>
    within(async ({ store, keys }) => {
      const upload = await uploadOf(store, noise(size));
      await upload.abandon();
      await expect(upload.finish('fresh')).rejects.toThrow();
      expect(await keys()).toEqual([]);
    })(),
  );

  test.each([10, 9 * MIB])('an upload of %d bytes that is finished is not undone', (size) =>
    within(async ({ store }) => {
      const upload = await uploadOf(store, noise(size));
      await upload.finish('table');
      await upload.abandon();
      expect((await bytesAt(store, 'table'))?.equals(noise(size))).toBe(true);
    })(),
  );

  test.each(['../out', 'a/../../out', '..'])('an upload cannot be finished as %s', (key) =>
    within(async ({ store, keys }) => {
      const upload = await uploadOf(store, noise(10));
      await expect(upload.finish(key)).rejects.toThrow();
      await upload.abandon();
      expect(await keys()).toEqual([]);
    })(),
  );
}

async function uploadOf(store: ObjectStore, content: Uint8Array): Promise<Upload> {
  const upload = await store.upload();
  await upload.write(content);
  return upload;
}

async function bytesAt(store: ObjectStore, key: string): Promise<Buffer | undefined> {
  const standing = await store.read(key);
  return standing && Buffer.from(standing.bytes);
}

function noise(size: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0, word = seed; at + 4 <= size; at += 4) {
    word = (Math.imul(word, 1_664_525) + 1_013_904_223) >>> 0;
    bytes.writeUInt32LE(word, at);
  }
  return bytes;
}
