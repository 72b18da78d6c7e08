import { expect, test } from 'vitest'
import { createRowCache } from '../../src/model/row-cache.js'

function counting(capacity: number) {
  const cache = createRowCache<string>(capacity)
  const computed: string[] = []
  const get = (...ids: number[]) =>
    cache.get(ids, async () => {
      computed.push(ids.join())
      return ids.join()
    })
  return { cache, computed, get }
}

test('the same ids are computed once, also while they are being computed', async () => {
  const { computed, get } = counting(10)

  const [first, second] = [get(1, 2), get(1, 2)]

  expect([first.isHit, second.isHit]).toEqual([false, true])
  expect(await Promise.all([first.value, second.value])).toEqual(['1,2', '1,2'])
  expect(computed).toEqual(['1,2'])
})

test('ids that only read alike are apart', async () => {
  const { computed, get } = counting(10)

  for (const ids of [[1, 2], [12], [2, 1], [1, 2, 0], [513], [1, 512], [65_535]]) await get(...ids).value

  expect(computed).toHaveLength(7)
})

test('at most its capacity is remembered, and what is used again and again stays', async () => {
  const { cache, computed, get } = counting(4)

  for (let id = 2; id < 40; id += 1) {
    await get(1).value
    await get(id).value
    expect(cache.size).toBeLessThanOrEqual(4)
  }

  expect(computed.filter((ids) => ids === '1')).toHaveLength(1)
  await get(2).value
  expect(computed.filter((ids) => ids === '2')).toHaveLength(2)
})

test('a failure is not remembered', async () => {
  const cache = createRowCache<string>(10)
  await expect(cache.get([1], () => Promise.reject(new Error('no'))).value).rejects.toThrow('no')

  const again = cache.get([1], async () => 'yes')

  expect(again.isHit).toBe(false)
  expect(await again.value).toBe('yes')
})

test('a cache of no capacity computes every time', async () => {
  const { cache, computed, get } = counting(0)

  for (const id of [1, 1]) await get(id).value

  expect(computed).toEqual(['1', '1'])
  expect(cache.size).toBe(0)
})
