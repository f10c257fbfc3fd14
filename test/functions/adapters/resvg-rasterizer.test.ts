import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { resvgRasterizer } from '../../../functions/adapters/resvg-rasterizer.ts';
// @ts-expect-error: JavaScript, which the command begins with
import { bundled } from '../../../functions/cli/bundle.mjs';
import { writeBundle } from '../../../infra/bundled-job.ts';
import { isDrawable } from '../../../shared/reports/charts/chart-words.ts';
import { interWidths } from '../../../shared/reports/charts/inter-widths.ts';
import { fontWidths } from '../../kit/font-widths.ts';
import { pixelsOf } from '../../kit/png-pixels.ts';

const { png } = resvgRasterizer();
const golden = join(import.meta.dirname, '../../golden/charts');
const scratch = mkdtempSync(join(tmpdir(), 'holdfast-drawing-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const drawing = (marks: string, { width, height } = { width: 200, height: 40 }): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter, sans-serif">${marks}</svg>`;

/** Points that are not the ground, from left to right: where something was drawn. */
function inkOf(picture: Uint8Array): { points: number; from: number; to: number } {
  const { width, height, at } = pixelsOf(picture);
  const columns = Array.from(
    { length: width },
    (_, x) =>
      Array.from({ length: height }, (_, y) => at(x, y)).filter(([red = 0]) => red < 128).length,
  );
  const points = columns.reduce((sum, count) => sum + count, 0);
  return { points, from: columns.findIndex(Boolean), to: columns.findLastIndex(Boolean) };
}

describe('a picture', () => {
  test('is as large as asked for, opaque and white where nothing is drawn', async () => {
    const { width, height, at } = pixelsOf(await png(drawing(''), 2));
    expect([width, height, at(0, 0), at(399, 79)]).toEqual([
      400,
      80,
      [255, 255, 255, 255],
      [255, 255, 255, 255],
    ]);
  });

  test.each([
    ['regular', '', 1],
    ['semi-bold', 'font-weight="600"', 2],
  ] as const)('shows its words, in %s Inter and no other font', async (_, weight, column) => {
    const text = 'NRR 111.5';
    const ink = inkOf(
      await png(drawing(`<text x="10" y="28" font-size="20" ${weight}>${text}</text>`), 1),
    );
    expect(ink.points).toBeGreaterThan(150);
    const width = [...text].reduce((sum, sign) => {
      const row = interWidths.find(([signs]) => signs.includes(sign));
      return sum + (row?.[column] as number);
    }, 0);
    expect(Math.abs(ink.to - ink.from - (width * 20) / 1000)).toBeLessThan(5);
  });

  test('in two weights is not the same', async () => {
    const texts = ['', 'font-weight="600"'].map((weight) =>
      drawing(`<text y="28" ${weight}>Churn</text>`),
    );
    const [regular, bold] = await Promise.all(texts.map(async (text) => inkOf(await png(text, 2))));
    expect(bold?.points).toBeGreaterThan((regular?.points as number) * 1.1);
  });

  test('of the same drawing has the same bytes', async () => {
    const svg = readFileSync(join(golden, 'trend/chart.svg'), 'utf8');
    const [once, again] = [await png(svg, 2), await png(svg, 2)];
    expect(Buffer.from(once).equals(Buffer.from(again))).toBe(true);
    expect(once.length).toBeLessThan(100_000);
  });

  test('of text that is no drawing is none', async () => {
    await expect(png('<svg', 2)).rejects.toThrow();
    await expect(png(drawing('<text>a & b</text>'), 2)).rejects.toThrow();
  });

  test.each(readdirSync(golden))(
    'can be made of %s: it is well-formed to the last sign',
    async (scenario) => {
      const svg = readFileSync(join(golden, scenario, 'chart.svg'), 'utf8');
      const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
      const { points } = inkOf(await png(svg, 1));
      expect(points).toBeGreaterThan(200);
      expect(pixelsOf(await png(svg, 1))).toMatchObject({
        width: Number(width),
        height: Number(height),
      });
    },
  );

  test('leaves nothing behind: two hundred take no more memory than fifty', async () => {
    const words = '<text x="10" y="28" font-size="20">NRR</text>';
    const svg = drawing(words, { width: 600, height: 400 });
    const draw = async (times: number) => {
      for (let time = 0; time < times; time += 1) await png(svg, 1);
      return process.memoryUsage().rss;
    };
    const before = await draw(50);
    // A picture takes 1 MB, the fonts of a drawing 0.7.
    expect((await draw(200)) - before).toBeLessThan(60e6);
  });
});

describe('the signs and widths that charts reckon with', () => {
  test.each([
    ['400Regular/Inter_400Regular.ttf', 1],
    ['600SemiBold/Inter_600SemiBold.ttf', 2],
  ] as const)('are those of %s', (name, column) => {
    const widthOf = fontWidths(`@expo-google-fonts/inter/${name}`);
    const wrong = interWidths.flatMap(([signs, ...widths]) =>
      [...signs].filter((sign) => widthOf(sign) !== widths[column - 1]),
    );
    expect(wrong).toEqual([]);
    const signs = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code));
    const drawable = signs.filter((sign) => isDrawable(sign));
    expect(drawable.length).toBeGreaterThan(500);
    expect(drawable.filter((sign) => widthOf(sign) === null)).toEqual([]);
    expect([widthOf('株'), isDrawable('株')]).toEqual([null, false]);
  });
});

describe('bundled', () => {
  const svg = drawing('<text x="10" y="28" font-size="20">GRR 91.1 %</text>');

  test('for Lambda it takes its fonts and its WebAssembly along, and draws the same', async () => {
    const asset = join(scratch, 'asset');
    writeBundle({ job: '../test/kit/drawing-job', configText: '' }, asset);
    const files = readdirSync(asset);
    expect(files.filter((file) => /\.(ttf|wasm)$/.test(file))).toHaveLength(3);
    const bytes = files.reduce((sum, file) => sum + statSync(join(asset, file)).size, 0);
    expect(bytes).toBeLessThan(5e6);
    const { handler } = await import(pathToFileURL(join(asset, 'index.mjs')).href);
    expect(Buffer.from(await handler(svg)).equals(Buffer.from(await png(svg, 2)))).toBe(true);
  });

  test('for the command it draws the same', async () => {
    const entry = pathToFileURL(await bundled('test/kit/drawing-job.ts')).href;
    // In a process of its own, as the command is: WebAssembly code is set up once in each.
    const code = `const { handler } = await import(process.argv[1]);
      process.stdout.write(await handler(process.argv[2]));`;
    const args = ['--input-type=module', '-e', code, entry, svg];
    const drawn = execFileSync(process.execPath, args, { cwd: scratch });
    expect(drawn.equals(Buffer.from(await png(svg, 2)))).toBe(true);
  });
});
