import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * How wide a TrueType font draws a sign, in thousandths of its size, or null where it has none.
 * Source: OpenType specification, tables cmap (format 4), hhea and hmtx.
 */
export const fontWidths = (path: string): ((sign: string) => number | null) => {
  const file = readFileSync(createRequire(import.meta.url).resolve(path));
  const table = tablesOf(file);
  const perEm = file.readUInt16BE(table('head') + 18);
  const measured = file.readUInt16BE(table('hhea') + 34);
  const glyphOf = glyphsOf(file, table('cmap'));
  return (sign) => {
    const glyph = glyphOf(sign.codePointAt(0) as number);
    if (glyph === 0) return null;
    const at = table('hmtx') + 4 * Math.min(glyph, measured - 1);
    return Math.round((file.readUInt16BE(at) * 1000) / perEm);
  };
};

function tablesOf(file: Buffer): (name: string) => number {
  const rows = Array.from({ length: file.readUInt16BE(4) }, (_, index) => 12 + 16 * index);
  return (name) => {
    const row = rows.find((at) => file.toString('latin1', at, at + 4) === name);
    if (row === undefined) throw new Error(`a font without the table ${name}`);
    return file.readUInt32BE(row + 8);
  };
}

/** Segments of neighbours, each with a difference to add or a list of glyphs to look up. */
function glyphsOf(file: Buffer, cmap: number): (code: number) => number {
  const maps = Array.from({ length: file.readUInt16BE(cmap + 2) }, (_, index) => {
    return cmap + file.readUInt32BE(cmap + 8 + 8 * index);
  });
  const map = maps.find((at) => file.readUInt16BE(at) === 4);
  if (map === undefined) throw new Error('a font without a character map of format 4');
  const size = file.readUInt16BE(map + 6);
  const word = (list: number, index: number) =>
    file.readUInt16BE(map + 14 + list * size + (list > 0 ? 2 : 0) + 2 * index);
  return (code) => {
    for (let index = 0; index < size / 2; index += 1) {
      if (code > word(0, index)) continue;
      const first = word(1, index);
      if (code < first) return 0;
      const offset = word(3, index);
      if (offset === 0) return (code + word(2, index)) & 0xffff;
      const at = map + 16 + 3 * size + 2 * index + offset + 2 * (code - first);
      const glyph = file.readUInt16BE(at);
      return glyph === 0 ? 0 : (glyph + word(2, index)) & 0xffff;
    }
    return 0;
  };
}
