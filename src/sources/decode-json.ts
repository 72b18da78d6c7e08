import { isUtf8 } from 'node:buffer'

export interface Json {
  readonly kind: 'json'
  readonly value: unknown
  readonly text: string
  /** Whether a string or a key may have been spelt with `\u`: only then can it hold a lone surrogate. */
  readonly hasEscapes: boolean
}

/** The JSON in `bytes`, or why it is none. The detail never quotes the bytes, as V8's own messages would. */
export const parseJsonBytes = (
  bytes: Buffer,
): Json | { readonly kind: 'invalid'; readonly detail: string } => {
  if (!isUtf8(bytes)) return { kind: 'invalid', detail: 'not valid UTF-8' }
  const decoded = bytes.toString('utf8')
  const text = decoded.charCodeAt(0) === 0xfeff ? decoded.slice(1) : decoded
  try {
    return { kind: 'json', value: JSON.parse(text), text, hasEscapes: text.includes('\\u') }
  } catch {
    return { kind: 'invalid', detail: text.trim() === '' ? 'empty' : 'not valid JSON' }
  }
}

type JsonObject = Readonly<Record<string, unknown>>

/** Arrays count: they have members too. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null

const pollutes = (value: JsonObject): boolean => {
  if (Object.hasOwn(value, '__proto__')) return true
  const factory = Object.hasOwn(value, 'constructor') ? value.constructor : undefined
  return isJsonObject(factory) && Object.hasOwn(factory, 'prototype')
}

/**
 * Whether the value has, at any depth, a key that reaches a prototype when copied carelessly:
 * `__proto__`, or `constructor` holding `prototype`. Iterative, for JSON may nest deeper than the stack.
 */
export const hasPollutingKey = ({ value, text, hasEscapes }: Json): boolean => {
  // Such a key is spelt plainly or by escapes, so these scans clear most records.
  if (!hasEscapes && !text.includes('__proto__') && !text.includes('constructor')) return false
  const waiting = [value].filter(isJsonObject)
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (pollutes(next)) return true
    for (const child of Object.values(next)) if (isJsonObject(child)) waiting.push(child)
  }
  return false
}
