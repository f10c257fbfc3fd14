import { inflateSync } from 'node:zlib';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and alpha of a point. */
  at(x: number, y: number): readonly number[];
}

/** Reads a PNG of eight bits and four channels, without interlace, as ours are. */
export const pixelsOf = (png: Uint8Array): Pixels => {
  const bytes = Buffer.from(png);
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (bytes.readUInt32BE(24) !== 0x08060000) throw new Error('expected RGBA of eight bits');
  const parts: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const isData = bytes.toString('latin1', at + 4, at + 8) === 'IDAT';
    if (isData) parts.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  }
  const rows = unfiltered(inflateSync(Buffer.concat(parts)), width * 4, height);
  return {
    ...{ width, height },
    at: (x, y) => [...rows.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)],
  };
};

/** Source: PNG specification, 9.2: each byte is a difference to those left of and above it. */
function unfiltered(data: Buffer, stride: number, height: number): Buffer {
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const kind = data[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const left = x < 4 ? 0 : (rows[y * stride + x - 4] as number);
      const above = y === 0 ? 0 : (rows[(y - 1) * stride + x] as number);
      const corner = x < 4 || y === 0 ? 0 : (rows[(y - 1) * stride + x - 4] as number);
      const guess = [0, left, above, (left + above) >> 1, nearest(left, above, corner)][kind ?? 0];
      rows[y * stride + x] = (data[y * (stride + 1) + 1 + x] as number) + (guess as number);
    }
  }
  return rows;
}

function nearest(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const far = [left, above, corner].map((value) => Math.abs(guess - value)) as [
    number,
    number,
    number,
  ];
  if (far[0] <= far[1] && far[0] <= far[2]) return left;
  return far[1] <= far[2] ? above : corner;
}
