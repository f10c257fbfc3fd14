type Small = Int32Array | Uint8Array;

/**
 * Small integers the way Parquet writes levels and codes: what recurs eight times or more as a run,
 * the rest in groups of eight with `width` bits each.
 */
export const hybridBytes = (values: Small, width: number): Uint8Array => {
  // Of every eight: at most five bytes of head, and as many bytes as a value has bits.
  const bytes = new Uint8Array(Math.ceil(values.length / 8) * (5 + width));
  let end = 0;
  let grouped = 0;
  for (let at = 0; at < values.length; ) {
    const value = values[at] as number;
    let next = at + 1;
    while (next < values.length && values[next] === value) next += 1;
    if (next - at < 8) {
      at += 8;
      continue;
    }
    end = writeGroups(bytes, end, values, grouped, at, width);
    end = writeHead(bytes, end, (next - at) << 1);
    for (let bits = 0; bits < width; bits += 8) bytes[end++] = value >> bits;
    grouped = at = next;
  }
  end = writeGroups(bytes, end, values, grouped, values.length, width);
  return bytes.subarray(0, end);
};

/** The last group is filled up with zeros. */
function writeGroups(
  bytes: Uint8Array,
  start: number,
  values: Small,
  first: number,
  last: number,
  width: number,
): number {
  const groups = (last - first + 7) >> 3;
  if (groups === 0) return start;
  const from = writeHead(bytes, start, (groups << 1) | 1);
  let end = from;
  let buffer = 0;
  let bits = 0;
  for (let at = first; at < last; at += 1) {
    buffer |= (values[at] as number) << bits;
    for (bits += width; bits >= 8; bits -= 8) {
      bytes[end++] = buffer;
      buffer >>>= 8;
    }
  }
  bytes[end] = buffer;
  return from + groups * width;
}

function writeHead(bytes: Uint8Array, start: number, head: number): number {
  let end = start;
  for (let left = head; ; left >>>= 7) {
    bytes[end++] = left > 127 ? left | 128 : left;
    if (left <= 127) return end;
  }
}
