import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'backend/**/*.test.ts',
      'contract/**/*.test.ts',
      'frontend/**/*.test.{ts,tsx}',
      'e2e/**/*.test.ts',
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is polled for comes at once on a free machine; on a busy one it may take longer than the usual second.
    expect: { poll: { timeout: 10_000 } },
    pool: 'forks',
    maxWorkers: 2,
  },
})
