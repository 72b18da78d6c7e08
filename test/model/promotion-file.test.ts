import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ModelLoadError, UnavailableError } from '../../src/errors.js'
import { changePromotions, promotionFile, readPromotions } from '../../src/model/promotion-file.js'
import type { Promotion } from '../../src/model/promotions.js'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haechi-promotions-'))
  path = promotionFile(join(folder, 'data'))
})
afterEach(() => rm(folder, { recursive: true }))

const promotionOf = (id: string, modelFolder = `/models/${id}`): Promotion => ({
  id,
  version: '1.0.0',
  folder: modelFolder,
  manifestSha256: '0'.repeat(64),
  promotedAt: '2026-11-26T00:00:00.000Z',
})

const add = (promotion: Promotion) => changePromotions(path, (promotions) => [...promotions, promotion])

const write = async (text: string): Promise<void> => {
  await mkdir(join(folder, 'data'), { recursive: true })
  await writeFile(path, text)
}

test('without a file, or a data folder at all, nothing is promoted', async () => {
  await writeFile(join(folder, 'a-file'), '')

  expect(await readPromotions(path)).toEqual([])
  expect(await readPromotions(promotionFile(join(folder, 'a-file')))).toEqual([])
})

test('what was written is read again, and nothing else is left in the folder', async () => {
  await add(promotionOf('a'))
  await add({ ...promotionOf('b'), rolledBackAt: '2026-11-27T00:00:00.000Z' })

  expect(await readPromotions(path)).toEqual([
    promotionOf('a'),
    { ...promotionOf('b'), rolledBackAt: '2026-11-27T00:00:00.000Z' },
  ])
  expect(await readdir(join(folder, 'data'))).toEqual(['model.json'])
})

test('a model in the data folder is found again when that is moved', async () => {
  await add(promotionOf('a', join(folder, 'data/models/a/1.0.0')))

  await rename(join(folder, 'data'), join(folder, 'moved'))

  const [moved] = await readPromotions(promotionFile(join(folder, 'moved')))
  expect(moved?.folder).toBe(join(folder, 'moved/models/a/1.0.0'))
})

test('a model that ships is found again when the package is moved, wherever the data folder is', async () => {
  const root = join(folder, 'data/node_modules/haechi')
  const shipped = promotionOf('a', join(root, 'models/a/1.0.0'))
  const beside = promotionOf('b', join(root, 'own/b'))
  await changePromotions(path, () => [shipped, beside], { root })

  const found = await readPromotions(path, '/elsewhere')

  expect(found).toEqual([{ ...shipped, folder: '/elsewhere/models/a/1.0.0' }, beside])
  expect(await readPromotions(path, root)).toEqual([shipped, beside])
})

test('what writers left that were killed is removed by the next one, and nothing else', async () => {
  await write('{"promotions": []}')
  const others = ['model.json.backup', `other.json.${randomUUID()}`, `model.json.${randomUUID()}.txt`]
  for (const name of [...others, `model.json.${randomUUID()}`, `model.json.${randomUUID()}`])
    await writeFile(join(folder, 'data', name), '')

  await add(promotionOf('a'))

  expect(await readdir(join(folder, 'data'))).toEqual(['model.json', ...others].toSorted())
})

test('a change that changes nothing writes nothing', async () => {
  await changePromotions(path, (promotions) => promotions)

  expect(await readdir(join(folder, 'data'))).toEqual([])
})

test('a change that fails leaves the file and no lock', async () => {
  await add(promotionOf('a'))
  const before = await readFile(path, 'utf8')

  const changing = changePromotions(path, () => {
    throw new RangeError('no')
  })

  await expect(changing).rejects.toThrow(RangeError)
  expect(await readFile(path, 'utf8')).toBe(before)
  expect(await readdir(join(folder, 'data'))).toEqual(['model.json'])
})

test('changes at the same time are all kept, and a reader always sees a whole file', async () => {
  const ids = Array.from({ length: 20 }, (_, i) => `m${i}`)
  let isDone = false
  const reading = (async () => {
    const lengths: number[] = []
    while (!isDone) lengths.push((await readPromotions(path)).length)
    return lengths
  })()

  await Promise.all(
    ids.map((id) =>
      changePromotions(path, (all) => [...all, promotionOf(id)], {
        patience: { attempts: 10_000, delayMs: 1 },
      }),
    ),
  )
  isDone = true

  const lengths = await reading
  expect(lengths).toEqual(lengths.toSorted((a, b) => a - b))
  expect((await readPromotions(path)).map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
})

test('a lock that stays is named, with what to do about it', async () => {
  await write('{"promotions": []}')
  await writeFile(`${path}.lock`, '')

  const changing = changePromotions(path, () => [promotionOf('a')], { patience: { attempts: 3, delayMs: 1 } })

  await expect(changing).rejects.toThrow(UnavailableError)
  await expect(changing).rejects.toThrow(`delete ${path}.lock`)
  expect(await readPromotions(path)).toEqual([])
})

test.each([
  ['cut', '{"promotions": [{"id": "a"'],
  ['of another kind', '[]'],
  ['without a folder', JSON.stringify({ promotions: [{ ...promotionOf('a'), folder: undefined }] })],
  ['with an id that is a path', JSON.stringify({ promotions: [promotionOf('../a')] })],
])('a file that is %s is refused by readers and writers alike', async (_what, text) => {
  await write(text)

  for (const attempt of [() => readPromotions(path), () => add(promotionOf('b'))]) {
    const error = await attempt().catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ModelLoadError)
    expect(String(error)).toContain(`${path}, which names the promoted model, is damaged`)
  }
  expect(await readFile(path, 'utf8')).toBe(text)
})

test('fields of a later version do not matter', async () => {
  await write(JSON.stringify({ promotions: [{ ...promotionOf('a'), note: 'new' }], more: 1 }))

  expect(await readPromotions(path)).toEqual([promotionOf('a')])
})

test('a data folder that cannot be written is named, with its setting', async () => {
  await writeFile(join(folder, 'a-file'), '')

  const changing = changePromotions(promotionFile(join(folder, 'a-file/data')), () => [promotionOf('a')])

  await expect(changing).rejects.toThrow(UnavailableError)
  await expect(changing).rejects.toThrow('HAECHI_DATA')
})
