#!/usr/bin/env node
// The command is TypeScript and runs as it is: nothing to build, nothing to go stale.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
const { register } = await import('tsx/esm/api');
register();
// Whoever reads the first lines alone, as `| head` does, has seen what they wanted.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv);
