export type FlatType = 'BOOLEAN' | 'INT32' | 'INT64' | 'DOUBLE' | 'BYTE_ARRAY';

/** A text, or a number of whichever type; flags are 0 and 1. */
export type PlainValue = string | number;

/** Values one after another, which is what Parquet calls PLAIN. */
export const plainBytes = (type: FlatType, values: ArrayLike<PlainValue>): Uint8Array => {
  if (type === 'BYTE_ARRAY') return texts(values as ArrayLike<string>);
  const numbers = values as ArrayLike<number>;
  if (type === 'BOOLEAN') return bits(numbers);
  if (type === 'INT32') return bytesOf(new Int32Array(numbers));
  if (type === 'DOUBLE') return bytesOf(new Float64Array(numbers));
  // Throws on a number that is no integer.
  return bytesOf(BigInt64Array.from(numbers as Float64Array, BigInt));
};

const bytesOf = ({ buffer }: { buffer: ArrayBuffer }) => new Uint8Array(buffer);

function bits(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array((values.length + 7) >> 3);
  for (let row = 0; row < values.length; row += 1) {
    bytes[row >> 3] = (bytes[row >> 3] as number) | ((values[row] as number) << (row & 7));
  }
  return bytes;
}

function texts(values: ArrayLike<string>): Uint8Array {
  let room = 0;
  for (let row = 0; row < values.length; row += 1) room += 4 + 3 * (values[row] as string).length;
  const bytes = Buffer.allocUnsafe(room);
  let at = 0;
  for (let row = 0; row < values.length; row += 1) {
    const end = writeText(bytes, values[row] as string, at + 4);
    bytes.writeUInt32LE(end - at - 4, at);
    at = end;
  }
  return bytes.subarray(0, at);
}

/** Most texts are ASCII, and for those a loop is faster than to ask Buffer. */
function writeText(bytes: Buffer, text: string, start: number): number {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit > 127) return start + bytes.write(text, start);
    bytes[start + at] = unit;
  }
  return start + text.length;
}
