#!/usr/bin/env node
import { bundled } from './bundle.mjs';

// The command is TypeScript and runs as it is: nothing to build, nothing to go stale.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
process.setSourceMapsEnabled(true);
// Whoever reads the first lines alone, as `| head` does, has seen what they wanted.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));
const { main } = await import(await bundled('functions/cli/main.ts'));
process.exitCode = await main(process.argv);
