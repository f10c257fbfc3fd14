import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from '../../../shared/basics/digest.ts';
import { textFile } from '../../../shared/publish/text-file.ts';
import { memoryObjectStore } from '../../kit/memory-object-store.ts';

const write = async (pieces: readonly string[], flushEvery: number) => {
  const store = memoryObjectStore();
  const upload = await store.upload();
  const sent: number[] = [];
  const file = textFile({
    ...upload,
    write: async (bytes) => {
      sent.push(bytes.length);
      await upload.write(bytes);
    },
  });
  for (const [index, piece] of pieces.entries()) {
    file.add(piece, 1);
    if (index % flushEvery === 0) await file.flush();
  }
  const written = await file.finish((digest) => digest);
  return { written, sent, bytes: store.objects.get(written.path)?.bytes ?? new Uint8Array() };
};

test('a text file has the same bytes however often it is flushed, and the digest it says', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'binary' })),
      fc.integer({ min: 1, max: 9 }),
      async (pieces, flushEvery) => {
        const { written, bytes } = await write(pieces, flushEvery);
        expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)).toBe(pieces.join(''));
        expect(written).toEqual({
          path: sha256(bytes),
          sha256: sha256(bytes),
          bytes: bytes.length,
          rows: pieces.length,
        });
      },
    ),
  );
});

test('a long one is written in pieces, neither tiny ones nor the whole', async () => {
  const line = `${'x'.repeat(99)}\n`;
  const { sent, bytes } = await write(Array(50_000).fill(line), 10);
  expect(bytes.length).toBe(5_000_000);
  expect(Math.max(...sent)).toBeLessThan(300_000);
  expect(sent.length).toBeLessThan(25);
});
