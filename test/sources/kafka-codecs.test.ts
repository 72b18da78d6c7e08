import kafkajs from 'kafkajs'
import { expect, test } from 'vitest'
import { registerCodecs } from '../../src/sources/kafka-codecs.js'

registerCodecs()
const { CompressionCodecs, CompressionTypes } = kafkajs

const plain = Buffer.from('같은 말을 또 하고 또 하고 또 한다. '.repeat(200))

test.each([
  ['snappy', CompressionTypes.Snappy],
  ['lz4', CompressionTypes.LZ4],
] as const)('%s gives back what it took', async (_, type) => {
  const codec = CompressionCodecs[type]()

  const packed = Buffer.from(await codec.compress({ buffer: plain }))

  expect(packed.length).toBeLessThan(plain.length / 4)
  expect(Buffer.compare(await codec.decompress(packed), plain)).toBe(0)
})

// Made by zlib.zstdCompressSync of Node.js 24.
const ZSTD_FRAME = 'KLUv/WCAJE0BAPDqsJnsnYAg66eQ7J2EIOuYkCDtlZjqs6Cc64ukLiACAE1lKr5gr4wB'

test('zstd is read', async () => {
  const unpacked: unknown = await CompressionCodecs[CompressionTypes.ZSTD]().decompress(
    Buffer.from(ZSTD_FRAME, 'base64'),
  )

  expect(Buffer.isBuffer(unpacked) && unpacked.equals(plain)).toBe(true)
})

test('zstd is not written, and says so', async () => {
  await expect(CompressionCodecs[CompressionTypes.ZSTD]().compress({ buffer: plain })).rejects.toThrow('zstd')
})
