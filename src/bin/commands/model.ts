import { createModels, type Models } from '../../app-models.js'
import { EXIT, type ExitCode, UsageError } from '../../errors.js'
import type { Command, CommandContext } from '../command.js'
import { changeText, listText, painter, verificationText } from '../model-text.js'
import { configOf, settingFlags } from '../settings-flags.js'

const settings = settingFlags(['model', 'second-model', 'models', 'data'])

interface Answer {
  readonly value: unknown
  readonly text: string
  readonly code?: ExitCode
}
type Paint = ReturnType<typeof painter>
type Action = (models: Models, given: string | undefined, paint: Paint) => Promise<Answer>

const ACTIONS: ReadonlyMap<string, { readonly takes: 'nothing' | 'maybe' | 'model'; readonly act: Action }> =
  new Map([
    [
      'list',
      {
        takes: 'nothing',
        act: async (models, _given, paint) => {
          const value = await models.list()
          return { value, text: listText(value, paint) }
        },
      },
    ],
    [
      'verify',
      {
        takes: 'maybe',
        act: async (models, given, paint) => {
          const value = await models.verify(given)
          const code = value.healthy ? EXIT.ok : EXIT.failed
          return { value, text: verificationText(value, paint), code }
        },
      },
    ],
    [
      'promote',
      {
        takes: 'model',
        act: async (models, given = '') => {
          const value = await models.promote(given)
          return { value, text: changeText(value) }
        },
      },
    ],
    [
      'rollback',
      {
        takes: 'nothing',
        act: async (models) => {
          const value = await models.rollback()
          return { value, text: changeText(value) }
        },
      },
    ],
  ])

const SEE = 'see `haechi model --help`'
const names = [...ACTIONS.keys()].join(', ')

const actionOf = ([name, given, ...more]: readonly string[]) => {
  if (name === undefined) throw new UsageError(`say what to do with models: ${names}; ${SEE}`)
  const action = ACTIONS.get(name)
  if (action === undefined)
    throw new UsageError(`unknown action ${JSON.stringify(name)}; the actions are ${names}; ${SEE}`)
  const { takes, act } = action
  if (given === undefined && takes === 'model')
    throw new UsageError(`${name} needs a FOLDER or ID@VERSION, such as cnn-bilstm@6.1.0; ${SEE}`)
  if (given === '') throw new UsageError(`${name} needs a FOLDER or ID@VERSION, not an empty name; ${SEE}`)
  if (more.length > 0 || (given !== undefined && takes === 'nothing'))
    throw new UsageError(`${name} takes ${takes === 'nothing' ? 'no model' : 'one model'}; ${SEE}`)
  return { act, given }
}

const run = async (context: CommandContext): Promise<ExitCode> => {
  const { act, given } = actionOf(context.positionals)
  const paint = painter(process.stdout.isTTY && !context.env.NO_COLOR && context.values.json !== true)
  const { value, text, code = EXIT.ok } = await act(createModels(configOf(context)), given, paint)
  context.print(context.values.json === true ? JSON.stringify(value) : text)
  return code
}

export const model: Command = {
  name: 'model',
  summary: 'lists models, checks one, chooses the one that workers load next, goes back',
  usage: 'list | verify [FOLDER|ID@VERSION] | promote FOLDER|ID@VERSION | rollback',
  options: settings.options,
  help: settings.help,
  examples: [
    'haechi model list',
    'haechi model verify                           # what a worker would load; exits 1 when it is damaged',
    'haechi model verify /srv/models/cnn-bilstm/2.1.0 --json',
    'haechi model promote cnn-bilstm@2.1.0 --models /srv/models',
    'haechi model rollback',
  ],
  takesPositionals: true,
  run,
}
