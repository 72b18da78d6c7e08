import { expect, test } from 'vitest'
import type { App } from '../../src/app-shell.js'
import { serve } from '../../src/bin/service.js'
import { UnavailableError } from '../../src/errors.js'

const setUp = (json = true) => {
  const printed: string[] = []
  const stop = new AbortController()
  let closed = 0
  let end: (error: Error) => void = () => {}
  const app: App = {
    lines: ['metrics http://127.0.0.1:1'],
    ended: new Promise((resolve) => {
      end = resolve
    }),
    close: async () => {
      closed += 1
    },
  }
  const context = {
    values: { json },
    positionals: [],
    env: {},
    signal: stop.signal,
    print: (line: string) => void printed.push(line),
  }
  return {
    served: serve(app, context),
    printed,
    stop,
    end: (error: Error) => end(error),
    closed: () => closed,
  }
}

test('it says what runs where, for machines as one object', async () => {
  const { served, printed, stop } = setUp()
  stop.abort()

  expect(await served).toBe(0)
  expect(printed).toEqual(['{"ready":["metrics http://127.0.0.1:1"]}'])
})

test('for people it says how to stop it, and that it is stopping', async () => {
  const { served, printed, stop } = setUp(false)
  stop.abort()
  await served

  expect(printed).toEqual([expect.stringMatching(/metrics .*\n.*Ctrl-C/), expect.stringMatching(/draining/)])
})

test('it runs until it is told to stop, and closes before it ends', async () => {
  const { served, stop, closed } = setUp()
  await Promise.resolve()
  const before = closed()

  stop.abort()
  await served

  expect([before, closed()]).toEqual([0, 1])
})

test('what ends the app is thrown after everything is closed', async () => {
  const { served, end, closed } = setUp()

  end(new UnavailableError('the group has thrown us out'))

  await expect(served).rejects.toThrow('the group has thrown us out')
  expect(closed()).toBe(1)
})
