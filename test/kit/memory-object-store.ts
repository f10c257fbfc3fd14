import { assert, HoldfastError } from '../../shared/basics/problem.ts';
import type { ObjectStore } from '../../shared/ports/object-store.ts';

export interface MemoryObjectStore extends ObjectStore {
  /** What stands in the store, for a test to look at. */
  readonly objects: Map<string, { readonly bytes: Uint8Array; readonly version: string }>;
}

/** The object store for tests of jobs: the contract and nothing else. */
export const memoryObjectStore = (): MemoryObjectStore => {
  const objects: MemoryObjectStore['objects'] = new Map();
  let versions = 0;

  const put = (key: string, bytes: Uint8Array) => {
    versions += 1;
    objects.set(key, { bytes: new Uint8Array(bytes), version: `v${versions}` });
    return true;
  };
  const standing = (key: string) => objects.get(plain(key));
  const holds = (key: string, bytes: Uint8Array) =>
    Buffer.compare(standing(key)?.bytes ?? new Uint8Array(), bytes) === 0;

  return {
    objects,
    locate: (key) => `memory:${plain(key)}`,

    read: async (key) => {
      const found = standing(key);
      return found && { ...found, bytes: found.bytes.slice() };
    },

    open: async (key) => {
      const found = standing(key);
      return (
        found && {
          byteLength: found.bytes.length,
          slice: async (start, end) => found.bytes.slice(start, end).buffer as ArrayBuffer,
        }
      );
    },

    create: async (key, bytes) => (standing(key) ? holds(key, bytes) : put(key, bytes)),

    replace: async (key, bytes, version) => standing(key)?.version === version && put(key, bytes),

    upload: async () => {
      let pieces: Uint8Array[] | undefined = [];
      const open = () => {
        assert(pieces, 'an upload that is over takes no more calls');
        return pieces;
      };
      return {
        write: async (bytes) => void open().push(new Uint8Array(bytes)),
        finish: async (key) => {
          put(plain(key), Buffer.concat(open()));
          pieces = undefined;
        },
        abandon: async () => {
          pieces = undefined;
        },
      };
    },

    copy: async (from, to) => {
      const found = standing(from);
      if (!found) throw nothingToCopy(from);
      put(plain(to), found.bytes);
    },
  };
};

function nothingToCopy(key: string): HoldfastError {
  const problem = { found: 'no object', expected: 'one to copy', fix: 'Write it first.' };
  return new HoldfastError('results', [{ where: `memory:${key}`, ...problem }]);
}

function plain(key: string): string {
  const parts = key.split('/');
  assert(!parts.some((part) => /^\.{0,2}$/.test(part)), `"${key}" is not a plain relative key`);
  return key;
}
