import type { Message } from '../domain/message.js'

/** What travels on Kafka and inside the process before it is decoded: a message whose `sentAt` is not parsed yet. */
export type Envelope = Omit<Message, 'sentAtMs'>

/** The envelope as the UTF-8 JSON bytes of a record's value. */
export const encodeEnvelope = (envelope: Envelope): Buffer => Buffer.from(JSON.stringify(envelope))

/** `channelId:userId`: keeps one user's order and spreads a raid on one channel over all partitions. */
export const envelopeKey = ({ channel, author }: Pick<Envelope, 'channel' | 'author'>): string =>
  `${channel.id}:${author.id}`

/** The partition of a key, 0..partitions-1, by FNV-1a over its UTF-16 units (sources without a broker use it). */
export const partitionOf = (key: string, partitions: number): number => {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return (hash >>> 0) % partitions
}
