import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { sha256 } from '../shared/basics/digest.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Bundle {
  /** Names the handler, functions/<job>.ts. */
  readonly job: string;
  /** Left out for a function that reads no config. */
  readonly configText?: string;
}

/**
 * The asset of a job: its handler in one file, its source map and holdfast.yaml. Built by esbuild's
 * own API rather than NodejsFunction's shell commands, so no Docker and no quoting of paths.
 */
export const bundledJob = (bundle: Bundle): Code =>
  Code.fromAsset(join(root, 'functions'), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('never-used'),
      // Never run, but CDK takes assets for the same by what is written here: without it every
      // function would be given the code of the first.
      command: [bundle.job, sha256(bundle.configText ?? '')],
      local: {
        tryBundle(folder) {
          writeBundle(bundle, folder);
          return true;
        },
      },
    },
  });

// Some dependencies are CommonJS and ask for Node's own modules with require. Under another name than
// the code has for it: the bundler knows nothing of what stands here.
const REQUIRE = `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);`;

/** What code reads from its packages while it runs, laid beside the jobs that hold that code. */
const FILES_BESIDE: Readonly<Record<string, readonly string[]>> = {
  'functions/adapters/resvg-rasterizer.ts': [
    '@resvg/resvg-wasm/index_bg.wasm',
    '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
    '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
  ],
};

/** Writes the asset into a folder; the same sources give the same bytes wherever that is. */
export const writeBundle = ({ job, configText }: Bundle, folder: string): void => {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: [`functions/${job}.ts`],
    // As if it lay in the root, so that stack traces say shared/… wherever the asset is unpacked.
    outfile: 'index.mjs',
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE },
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
  });
  mkdirSync(folder, { recursive: true });
  for (const { path, contents } of outputFiles) {
    writeFileSync(join(folder, basename(path)), contents);
  }
  const { resolve } = createRequire(import.meta.url);
  for (const path of Object.keys(metafile.inputs).flatMap((input) => FILES_BESIDE[input] ?? [])) {
    copyFileSync(resolve(path), join(folder, basename(path)));
  }
  if (configText !== undefined) writeFileSync(join(folder, 'holdfast.yaml'), configText);
};
