import { expect, test } from 'vitest'
import { createClosers } from '../src/closers.js'

test('what was opened last is closed first, one after the other', async () => {
  const closers = createClosers()
  const log: string[] = []
  closers.add(() => void log.push('first'))
  closers.add(async () => {
    log.push('second begins')
    await Promise.resolve()
    log.push('second ends')
  })

  await closers.closeAll()

  expect(log).toEqual(['second begins', 'second ends', 'first'])
})

test('closing twice closes once, and both wait for the end', async () => {
  const closers = createClosers()
  let closed = 0
  closers.add(async () => {
    await Promise.resolve()
    closed += 1
  })

  const [, second] = [closers.closeAll(), closers.closeAll()]
  await second

  expect(closed).toBe(1)
})

test('one failure keeps nothing else open, and is the one that is told', async () => {
  const closers = createClosers()
  let closed = 0
  closers.add(() => {
    closed += 1
  })
  closers.add(async () => {
    throw new Error('a later one')
  })
  closers.add(() => {
    throw new Error('the first to fail')
  })

  await expect(closers.closeAll()).rejects.toThrow('the first to fail')
  expect(closed).toBe(1)
})
