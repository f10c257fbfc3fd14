import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { Rasterizer } from '../../shared/ports/rasterizer.ts';

const WASM = '@resvg/resvg-wasm/index_bg.wasm';

/** The weights that charts are set in; without them a text would be blank, and nothing would say so. */
const FONTS = [
  '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
];

/** Once in a process: WebAssembly code can be set up only once, and fonts need be read only once. */
let started: Promise<readonly Uint8Array[]> | undefined;

/** Pictures by resvg, in WebAssembly: no browser, no fonts of the machine, so the same everywhere. */
export const resvgRasterizer = (): Rasterizer => ({
  async png(svg, scale) {
    started ??= start();
    const fontBuffers = [...(await started)];
    const drawing = new Resvg(svg, {
      font: { fontBuffers, defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' },
      fitTo: { mode: 'zoom', value: scale },
      background: '#ffffff',
    });
    try {
      const picture = drawing.render();
      const png = picture.asPng();
      picture.free();
      return png;
    } finally {
      // What WebAssembly has taken is not collected.
      drawing.free();
    }
  },
});

async function start(): Promise<readonly Uint8Array[]> {
  const [fonts, wasm] = await Promise.all([
    Promise.all(FONTS.map(fileOfPackage)),
    fileOfPackage(WASM),
  ]);
  await initWasm(wasm);
  return fonts;
}

/** Beside the code where it was bundled for Lambda, and in its package everywhere else. */
function fileOfPackage(path: string): Promise<Uint8Array> {
  const beside = new URL(basename(path), import.meta.url);
  return readFile(existsSync(beside) ? beside : createRequire(import.meta.url).resolve(path));
}
