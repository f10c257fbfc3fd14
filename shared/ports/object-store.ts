/**
 * Where results are kept: an S3 bucket under a prefix, or a folder. Keys are relative, use `/`,
 * and never contain `..`. Failures of the store itself throw HoldfastError kind 'results'.
 */
export interface ObjectStore {
  /** Where a key can be found by a person: a path or an s3:// address. */
  locate(key: string): string;

  /** A small object, whole, or undefined when there is none. */
  read(key: string): Promise<StoredObject | undefined>;

  /** An object of any size, read by ranges, or undefined when there is none. */
  open(key: string): Promise<RangeReader | undefined>;

  /**
   * Puts an object where none stands. True when afterwards the store holds exactly these bytes,
   * also when an earlier, lost attempt of ours put them there; false when something else stands.
   */
  create(key: string, bytes: Uint8Array): Promise<boolean>;

  /**
   * Puts an object over a known version of it; false when that version is no longer current. May be
   * true for an old version where the very bytes already stand, because a reply can be lost.
   */
  replace(key: string, bytes: Uint8Array, version: string): Promise<boolean>;

  /** Writes an object of any size, which gets its key, and appears whole, only at `finish`. */
  upload(): Promise<Upload>;

  /** Copies an object within the store, over whatever stood there; appears whole or not at all. */
  copy(from: string, to: string): Promise<void>;
}

export interface StoredObject {
  readonly bytes: Uint8Array;
  /** Changes whenever the content does; give it to `replace`. */
  readonly version: string;
}

export interface RangeReader {
  readonly byteLength: number;
  /** Bytes from start (inclusive) to end (exclusive; to the end of the object when left out). */
  slice(start: number, end?: number): Promise<ArrayBuffer>;
}

export interface Upload {
  /** Takes a copy of, or finishes with, the bytes before it resolves. */
  write(bytes: Uint8Array): Promise<void>;
  /** The object appears under the key, over whatever stood there. */
  finish(key: string): Promise<void>;
  /** Gives up; nothing appears under any key. */
  abandon(): Promise<void>;
}
