import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const within = join(root, 'node_modules/.cache/holdfast');

/** The program of the threads that may work for a command; it stands beside every bundle. */
const HAND = 'functions/cli/crew-hand.ts';

/** Packages that every command loads: taken into the bundle, so that hundreds of files are not sought. */
const TAKEN_IN = new Set([
  '@duckdb/node-api',
  'commander',
  'csv-parse',
  'fastest-levenshtein',
  'hyparquet',
  'hyparquet-compressors',
  'hyparquet-writer',
  'yaml',
  'zod',
]);

/** What a bundle is made of beside the files that stand in it: who makes it, and what is installed. */
const MADE_BY = [
  'functions/cli/bundle.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
].filter((file) => existsSync(join(root, file)));

// Packages of CommonJS ask for what stays outside with require.
const REQUIRE = `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);`;

/**
 * Our sources as JavaScript. Made anew wherever a byte of them has changed, so nothing goes stale; to
 * read them all again takes a fraction of what bundling them takes. Gives the path of what to import.
 *
 * @param {string} entry a TypeScript file, as a path from the root
 * @returns {Promise<string>}
 */
export const bundled = async (entry) => {
  const note = join(within, `${entry.replace(/[^\w.-]/g, '_')}.json`);
  const folder = bundleAsNoted(note) ?? (await newBundle(entry, note));
  return join(folder, `${basename(entry, '.ts')}.mjs`);
};

/** The folder of which a note was made, unless something has changed since. */
function bundleAsNoted(note) {
  try {
    const { inputs, digest, name } = JSON.parse(readFileSync(note, 'utf8'));
    const folder = join(within, name);
    return existsSync(folder) && digestOf(inputs) === digest ? folder : null;
  } catch {
    return null;
  }
}

function digestOf(inputs) {
  const digest = createHash('sha256');
  for (const input of inputs) {
    const bytes = readFileSync(join(root, input));
    digest.update(`${input} ${bytes.length}\n`).update(bytes);
  }
  return digest.digest('hex');
}

async function newBundle(entry, note) {
  const begun = Date.now();
  const { build } = await import('esbuild');
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const packages = Object.keys({
    ...dependencies,
    ...devDependencies,
    '@duckdb/node-bindings': '',
  });
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry, HAND],
    // As deep as the folder that it will be put in, so that the maps find the sources.
    outdir: join(within, 'bundle'),
    entryNames: '[name]',
    chunkNames: '[name]-[hash]',
    splitting: true,
    write: false,
    metafile: true,
    bundle: true,
    external: packages.filter((name) => !TAKEN_IN.has(name)),
    banner: { js: REQUIRE },
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
  });
  const contents = createHash('sha256');
  for (const { path, contents: bytes } of outputFiles) contents.update(path).update(bytes);
  const name = contents.digest('hex').slice(0, 16);
  await written(join(within, name), outputFiles);
  const inputs = [...MADE_BY, ...Object.keys(metafile.inputs)];
  const digest = digestOf(inputs);
  // What is written while it is bundled may or may not stand in the bundle: of that no note is made.
  if (inputs.every((input) => statSync(join(root, input)).mtimeMs < begun)) {
    const unfinished = `${note}.${randomUUID()}`;
    await writeFile(unfinished, JSON.stringify({ inputs, digest, name }));
    await rename(unfinished, note);
  }
  await tidy(name);
  return join(within, name);
}

/** Takes away what has stood there for a day: sources have changed, and no command starts so long. */
async function tidy(current) {
  const yesterday = Date.now() - 86_400_000;
  for (const entry of await readdir(within)) {
    const path = join(within, entry);
    const found = await stat(path).catch(() => null);
    if (entry === current || found === null || found.mtimeMs > yesterday) continue;
    await rm(path, { recursive: true, force: true });
  }
}

/** Put in place as a whole, because another command may be starting. */
async function written(folder, files) {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.${randomUUID()}`;
  await mkdir(unfinished, { recursive: true });
  await Promise.all(
    files.map(({ path, contents }) => writeFile(join(unfinished, basename(path)), contents)),
  );
  await rename(unfinished, folder).catch(async (error) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
}
