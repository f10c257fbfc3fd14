import { defineConfig } from 'vitest/config';

/** `npm run test:trino`: the queries on a genuine Trino. Slow to start, so not of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/trino/**/*.trino.ts'],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    globalSetup: 'test/trino/start-trino.ts',
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 900_000,
  },
});
