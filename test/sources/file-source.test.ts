import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { FileSource } from '../../src/sources/file-source.js'
import type { SourceRecord, TopicPartition } from '../../src/sources/source.js'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const sourceOf = (input: string | Readable): FileSource =>
  new FileSource({
    input,
    now: () => 5,
    onError: (error) => {
      throw error
    },
  })

interface Seen {
  readonly assigned: TopicPartition[]
  readonly records: SourceRecord[]
}

const readAll = async (input: string | Readable): Promise<Seen> => {
  const seen: Seen = { assigned: [], records: [] }
  const sink = {
    assign: (partitions: readonly TopicPartition[]) => void seen.assigned.push(...partitions),
    accept: (_: TopicPartition, records: readonly SourceRecord[]) => void seen.records.push(...records),
  }
  await new Promise<void>((resolve, reject) => {
    sourceOf(input).start(sink, resolve).catch(reject)
  })
  return seen
}

const valuesOf = ({ records }: Seen): string[] => records.map(({ value }) => String(value))
const streamOf = (...chunks: readonly (string | Buffer)[]): Readable =>
  Readable.from(chunks.map((chunk) => Buffer.from(chunk)))

test('each line is a record of the one partition, its offset the line number', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'haechi-file-'))
  folders.push(folder)
  writeFileSync(join(folder, 'chat.jsonl'), '{"a":1}\n{"b":2}\n')

  const seen = await readAll(join(folder, 'chat.jsonl'))

  expect(seen.assigned).toEqual([{ topic: 'file', partition: 0 }])
  expect(seen.records).toEqual([
    { topic: 'file', partition: 0, offset: 1, key: null, value: Buffer.from('{"a":1}'), timestampMs: 5 },
    { topic: 'file', partition: 0, offset: 2, key: null, value: Buffer.from('{"b":2}'), timestampMs: 5 },
  ])
})

test('lines end at a newline only, wherever the chunks are cut', async () => {
  const seen = await readAll(streamOf('"a\u2028', 'b\r"\n', '"', 'c', '"\n"d"'))

  expect(valuesOf(seen)).toEqual(['"a\u2028b\r"', '"c"', '"d"'])
})

test('a character cut by a chunk is whole again', async () => {
  const bytes = Buffer.from('"각"\n')

  expect(valuesOf(await readAll(streamOf(bytes.subarray(0, 2), bytes.subarray(2))))).toEqual(['"각"'])
})

test('empty lines are skipped but counted', async () => {
  const { records } = await readAll(streamOf('\n1\n\r\n2\n\n'))

  expect(records.map(({ offset, value }) => [offset, String(value)])).toEqual([
    [2, '1'],
    [4, '2'],
  ])
})

test('nothing in, nothing out, but an end', async () => {
  expect((await readAll(streamOf())).records).toEqual([])
})

test('a line without end keeps its first MiB, and the next line is whole', async () => {
  const megabyte = 'x'.repeat(1024 * 1024)

  const seen = await readAll(streamOf(megabyte, megabyte, 'x\n', 'next\n'))

  expect(seen.records.map(({ value }) => value?.length)).toEqual([1024 * 1024, 4])
})

test('a paused partition stops the stream until it is resumed', async () => {
  const input = new PassThrough()
  const source = sourceOf(input)
  const values: string[] = []
  const partition = { topic: 'file', partition: 0 }
  await source.start(
    {
      assign: () => {},
      accept: (_, records) => {
        values.push(...records.map(({ value }) => String(value)))
        source.setPaused(partition, true)
      },
    },
    () => {},
  )

  input.write('1\n')
  input.write('2\n')
  await new Promise(setImmediate)
  expect(values).toEqual(['1'])

  source.setPaused(partition, false)
  await new Promise(setImmediate)
  expect(values).toEqual(['1', '2'])
  await source.close()
  await source.close()
})

test('a file that is not there is named', async () => {
  await expect(readAll('/no/such/file.jsonl')).rejects.toMatchObject({
    code: 'HAECHI_UNAVAILABLE',
    message: expect.stringContaining('/no/such/file.jsonl'),
  })
})
