import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{lib,db,scripts,components,app}/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    // By default one core stays idle, which is half of a small machine.
    maxWorkers: '100%',
  },
});
