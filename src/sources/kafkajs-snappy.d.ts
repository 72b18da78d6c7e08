declare module 'kafkajs-snappy' {
  interface Codec {
    compress(encoder: { readonly buffer: Buffer }): Promise<Uint8Array>
    decompress(buffer: Buffer): Promise<Uint8Array>
  }
  const createCodec: () => Codec
  export default createCodec
}
