import { z } from 'zod';
import { canonicalJson, sha256 } from '../basics/digest.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { decodeJson } from '../publish/decode-json.ts';

const suppressedSchema = z.strictObject({
  address: z.string(),
  reason: z.string(),
  at: z.iso.datetime(),
});

/** An address that is not written to any more, and why. */
export type Suppressed = z.output<typeof suppressedSchema>;

const suppressedPath = (address: string): string =>
  `outbox/suppressed/${sha256(address.trim().toLowerCase())}.json`;

export const readSuppressed = async (
  store: ObjectStore,
  address: string,
): Promise<Suppressed | null> => {
  const path = suppressedPath(address);
  const stored = await store.read(path);
  return stored === undefined
    ? null
    : decodeJson(suppressedSchema, stored.bytes, store.locate(path));
};

/** Notes that an address is to be left alone; the first reason stays. */
export const suppress = async (store: ObjectStore, suppressed: Suppressed): Promise<void> => {
  const bytes = new TextEncoder().encode(canonicalJson(suppressed));
  await store.create(suppressedPath(suppressed.address), bytes);
};
