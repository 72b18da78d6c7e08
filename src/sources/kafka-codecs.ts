import { decompress as zstdDecompress } from 'fzstd'
import kafkajs from 'kafkajs'
import snappy from 'kafkajs-snappy'
import { compressFrame, decompressFrame } from 'lz4-napi'

const { CompressionCodecs, CompressionTypes } = kafkajs

/** What kafkajs asks of a codec; an encoder holds the bytes of a whole record batch. */
interface Codec {
  compress(encoder: { readonly buffer: Buffer }): Promise<Uint8Array>
  decompress(bytes: Buffer): Promise<Buffer>
}

// kafkajs reads what comes back with Buffer's methods, so a plain Uint8Array will not do.
const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const snappyCodec = (): Codec => {
  const codec = snappy()
  return {
    compress: (encoder) => codec.compress(encoder),
    decompress: async (bytes) => asBuffer(await codec.decompress(bytes)),
  }
}

const lz4Codec = (): Codec => ({
  compress: ({ buffer }) => compressFrame(buffer),
  decompress: (bytes) => decompressFrame(bytes),
})

const zstdCodec = (): Codec => ({
  // Haechi writes gzip only: every reader has it.
  compress: () => Promise.reject(new Error('writing zstd is not supported')),
  decompress: async (bytes) => asBuffer(zstdDecompress(bytes)),
})

/** Teaches kafkajs snappy, lz4 and zstd (it has gzip itself). Safe to call twice. */
export const registerCodecs = (): void => {
  CompressionCodecs[CompressionTypes.Snappy] = snappyCodec
  CompressionCodecs[CompressionTypes.LZ4] = lz4Codec
  CompressionCodecs[CompressionTypes.ZSTD] = zstdCodec
}
