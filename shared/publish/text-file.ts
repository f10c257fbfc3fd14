import { sha256Stream } from '../basics/digest.ts';
import type { Upload } from '../ports/object-store.ts';
import type { WrittenFile } from './parquet-file.ts';

/** Below so many characters a write costs more than the memory it frees. */
const WORTH_A_WRITE = 1 << 18;

export interface TextFile {
  /** Takes a piece of the text, which counts as so many rows. */
  add(text: string, rows?: number): void;
  /** Writes out what has come together; call it now and then, or memory grows with the file. */
  flush(): Promise<void>;
  /** Ends the file under the path that its digest gives it. */
  finish(pathOf: (sha256: string) => string): Promise<WrittenFile>;
}

/** Streams text into an upload as UTF-8. Half of a surrogate pair, which UTF-8 cannot say, is U+FFFD. */
export const textFile = (upload: Upload): TextFile => {
  const encoder = new TextEncoder();
  const digest = sha256Stream();
  let waiting = '';
  let bytes = 0;
  let rows = 0;

  const send = async () => {
    const chunk = encoder.encode(waiting);
    waiting = '';
    if (chunk.byteLength === 0) return;
    digest.add(chunk);
    bytes += chunk.byteLength;
    await upload.write(chunk);
  };

  return {
    add(text, counted = 0) {
      waiting += text;
      rows += counted;
    },
    flush: async () => {
      if (waiting.length >= WORTH_A_WRITE) await send();
    },
    async finish(pathOf) {
      await send();
      const sha256 = digest.hex();
      const path = pathOf(sha256);
      await upload.finish(path);
      return { path, sha256, bytes, rows };
    },
  };
};
