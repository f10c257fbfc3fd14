import { pathToFileURL } from 'node:url';

// What a cold start of Lambda loads before it knows what is asked of it. Run by Node alone.
const { bundle } = JSON.parse(process.argv[2]);
const begun = performance.now();
await import(pathToFileURL(bundle).href);
const parts = { start: begun / 1000, import: (performance.now() - begun) / 1000 };
const { user, system } = process.cpuUsage();
const peakMib = process.resourceUsage().maxRSS / 1024;
const measured = { parts, cpuSeconds: (user + system) / 1e6, peakMib, accounts: 0, counts: {} };
process.stdout.write(`${JSON.stringify(measured)}\n`, () => process.exit(0));
