import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['*.test.ts', '{spec,checker,model,conformance,docs,bin}/**/*.test.ts'],
    // Several tests run the built command or a compiler; on two busy cores five seconds are not enough.
    testTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['index.ts', '{spec,checker,model,conformance,docs,bin}/**/*.ts'],
      exclude: ['**/*.test.ts', '**/testing/**'],
    },
  },
});
