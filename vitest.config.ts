import { defineConfig } from 'vitest/config'

const project = (name: string, include: string[], extra: Record<string, unknown> = {}) => ({
  test: { name, include, ...extra },
})

const withServers = { testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false }

export default defineConfig({
  test: {
    projects: [
      project('unit', [
        'test/*.test.ts',
        'test/{bin,domain,sources,text,model,users,policy,queue,actions,web,telemetry,deploy}/**/*.test.ts',
      ]),
      project('contracts', ['test/contracts/**/*.test.ts'], withServers),
      project('integration', ['test/integration/**/*.test.ts'], withServers),
      project('browser', ['test/browser/**/*.test.ts'], withServers),
    ],
  },
})
