import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const within = join(root, 'node_modules/.cache/holdfast');

/**
 * Our sources as JavaScript, made anew at every start, so nothing goes stale: in two tenths of a second,
 * where a loader that takes file by file needs two whole ones. Gives the path of what to import.
 *
 * @param {string} entry a TypeScript file, as a path from the root
 * @returns {Promise<string>}
 */
export const bundled = async (entry) => {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir: within,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    splitting: true,
    write: false,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
  });
  await mkdir(within, { recursive: true });
  // Renamed into place, because another command may be starting.
  for (const { path, contents } of outputFiles) {
    const written = `${path}.${randomUUID()}`;
    await writeFile(written, contents);
    await rename(written, path);
  }
  const name = basename(entry, '.ts');
  return outputFiles.find(
    ({ path }) => basename(path).startsWith(`${name}-`) && path.endsWith('.mjs'),
  ).path;
};
