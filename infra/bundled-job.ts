import { mkdirSync, writeFileSync } from 'node:fs';
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
  readonly configText: string;
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
      command: [bundle.job, sha256(bundle.configText)],
      local: {
        tryBundle(folder) {
          writeBundle(bundle, folder);
          return true;
        },
      },
    },
  });

// Some dependencies are CommonJS and ask for Node's own modules with require.
const REQUIRE = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;

/** Writes the asset into a folder; the same sources give the same bytes wherever that is. */
export const writeBundle = ({ job, configText }: Bundle, folder: string): void => {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: [`functions/${job}.ts`],
    // As if it lay in the root, so that stack traces say shared/… wherever the asset is unpacked.
    outfile: 'index.mjs',
    write: false,
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
  writeFileSync(join(folder, 'holdfast.yaml'), configText);
};
