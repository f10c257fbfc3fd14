import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

// Some dependencies are CommonJS and ask for Node's own modules with require.
const REQUIRE = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;

/** The Lambda's stage in one file, as infra/bundled-job.ts bundles a function: no tsx in its memory. */
export const lambdaBundle = async (folder: string): Promise<string> => {
  const outfile = join(folder, 'lambda.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('stages/lambda.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE },
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'warning',
  });
  return outfile;
};
