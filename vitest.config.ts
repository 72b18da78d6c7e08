import { defineConfig } from 'vitest/config'

const withServers = { testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false }
const onServers = ['contracts', 'integration', 'browser']
const programs = ['bench', 'chaos', 'e2e', 'fixtures']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...onServers, ...programs].map((folder) => `test/${folder}/**`),
        },
      },
      ...onServers.map((name) => ({
        test: { name, include: [`test/${name}/**/*.test.ts`], ...withServers },
      })),
    ],
  },
})
