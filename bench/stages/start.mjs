import { bundled } from '../../functions/cli/bundle.mjs';

// Starts a stage as `holdfast` starts its commands.
const [stage] = process.argv.splice(2, 1);
await import(await bundled(stage));
