/** Where four bytes of each hash were seen last. */
const PLACES = new Int32Array(2 ** 14);

/** How far back a copy can reach. */
const FARTHEST = 0xffff;

/** The last bytes are never looked up, so that four of them can always be read. */
const MARGIN = 15;

/**
 * Compresses to the raw Snappy format by the search of its reference implementation: what was there
 * before is copied from there. Source: https://github.com/google/snappy, format_description.txt.
 */
export const snappyBytes = (input: Uint8Array): Uint8Array => {
  const view = new DataView(input.buffer, input.byteOffset, input.length);
  const bits = Math.min(14, 31 - Math.clz32(input.length | 1));
  const places = PLACES.fill(0, 0, 1 << bits);
  const slotOf = (four: number) => Math.imul(four, 0x1e35a7bd) >>> (32 - bits);
  /** Where the four bytes were before, or -1; notes the place for those to come. */
  const before = (at: number): number => {
    const four = view.getInt32(at, true);
    const slot = slotOf(four);
    const place = places[slot] as number;
    places[slot] = at;
    return at - place <= FARTHEST && view.getInt32(place, true) === four ? place : -1;
  };

  // Incompressible bytes grow by a sixth at most.
  const output = new Uint8Array(32 + input.length + Math.ceil(input.length / 6));
  const limit = input.length - MARGIN;
  let end = writeLength(output, input.length);
  let written = 0;
  let at = 1;
  let tries = 32;
  while (at <= limit) {
    let place = before(at);
    if (place === -1) {
      // What does not repeat itself is looked at ever more loosely.
      at += tries >>> 5;
      tries += 1;
      continue;
    }
    end = writeLiteral(output, end, input, written, at);
    while (place !== -1) {
      const offset = at - place;
      written = at;
      at += 4;
      while (at < input.length && input[at] === input[at - offset]) at += 1;
      end = writeCopy(output, end, offset, at - written);
      written = at;
      if (at >= limit) break;
      places[slotOf(view.getInt32(at - 1, true))] = at - 1;
      place = before(at);
    }
    at += 1;
    tries = 32;
  }
  if (written < input.length) end = writeLiteral(output, end, input, written, input.length);
  return output.slice(0, end);
};

function writeLength(output: Uint8Array, length: number): number {
  let end = 0;
  for (let left = length; left > 0 || end === 0; left >>>= 7) {
    output[end] = left > 127 ? left | 128 : left;
    end += 1;
  }
  return end;
}

/** Bytes as they are: up to 60 of them have their number in the tag itself. */
function writeLiteral(
  output: Uint8Array,
  start: number,
  input: Uint8Array,
  from: number,
  to: number,
): number {
  const most = to - from - 1;
  const more = most < 60 ? 0 : 4 - (Math.clz32(most) >> 3);
  let end = start;
  output[end++] = (more === 0 ? most : 59 + more) << 2;
  for (let byte = 0; byte < more; byte += 1) output[end++] = most >>> (8 * byte);
  if (more > 0) output.set(input.subarray(from, to), end);
  else for (let at = from; at < to; at += 1) output[end + at - from] = input[at] as number;
  return end + to - from;
}

/** A copy of at most 64 bytes after the other; a short one that is near has a shorter tag. */
function writeCopy(output: Uint8Array, start: number, offset: number, length: number): number {
  let end = start;
  for (let left = length; left > 0; ) {
    const part = left >= 68 ? 64 : left > 64 ? 60 : left;
    const isShort = part < 12 && offset < 2048;
    output[end++] = isShort ? 1 | ((part - 4) << 2) | ((offset >>> 8) << 5) : 2 | ((part - 1) << 2);
    output[end++] = offset;
    if (!isShort) output[end++] = offset >>> 8;
    left -= part;
  }
  return end;
}
