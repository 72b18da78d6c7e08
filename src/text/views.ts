import type { Emote, MessageKind } from '../domain/message.js'
import type { ViewName } from '../domain/verdict.js'
import type { MappedText } from './mapped-text.js'

export interface View {
  readonly name: ViewName
  readonly text: MappedText
}

export interface TextInput {
  readonly text: string
  readonly emotes: readonly Emote[]
  readonly kind: MessageKind
}
