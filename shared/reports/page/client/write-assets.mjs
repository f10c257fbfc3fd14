import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * Script and style of the page as they are written into it. Built ahead and kept in the repository, so
 * that a page has the same bytes wherever it is made; a test says when they are out of date.
 *
 * @returns {Promise<{ script: string, style: string }>}
 */
export const builtAssets = async () => {
  const { outputFiles } = await build({
    absWorkingDir: here,
    entryPoints: ['page.ts', 'page.css'],
    outdir: 'built',
    write: false,
    bundle: true,
    alias: { zod: './no-zod.mjs' },
    minify: true,
    charset: 'ascii',
    format: 'iife',
    target: 'es2022',
    platform: 'browser',
    legalComments: 'none',
    logLevel: 'warning',
  });
  const textOf = (ending) => outputFiles.find(({ path }) => path.endsWith(ending)).text.trim();
  return { script: textOf('.js'), style: textOf('.css') };
};

/** Written by `npm run page`. */
const write = async () => {
  const { script, style } = await builtAssets();
  const text = [
    '// Made of client/ by `npm run page`; do not edit.',
    '// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the script, not of ours.',
    `export const script =\n  ${JSON.stringify(script)};`,
    `export const style =\n  ${JSON.stringify(style)};`,
  ];
  await writeFile(new URL('../assets.ts', import.meta.url), `${text.join('\n\n')}\n`);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await write();
