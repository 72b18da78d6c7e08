import { expect, test } from 'vitest'
import { COMMON_OPTIONS, type Command } from '../../src/bin/command.js'
import { bot } from '../../src/bin/commands/bot.js'
import { doctor } from '../../src/bin/commands/doctor.js'
import { explain } from '../../src/bin/commands/explain.js'
import { feed } from '../../src/bin/commands/feed.js'
import { model } from '../../src/bin/commands/model.js'
import { score } from '../../src/bin/commands/score.js'
import { up } from '../../src/bin/commands/up.js'
import { worker } from '../../src/bin/commands/worker.js'
import { commandHelp, mainHelp } from '../../src/bin/help.js'

const COMMANDS: readonly Command[] = [up, bot, worker, feed, score, explain, model, doctor]

test.each(COMMANDS)('the help of $name names each of its options, and no other', (command) => {
  const text = commandHelp(command).split('Examples:')[0] ?? ''

  const named = new Set(Array.from(text.matchAll(/--([a-z-]+)/g), ([, name]) => name))
  // A command's usage and meanings may mention what it has; they must not mention what it has not.
  expect([...named].toSorted()).toEqual(Object.keys({ ...command.options, ...COMMON_OPTIONS }).toSorted())
})

test.each(COMMANDS)('the examples of $name use only its own options', (command) => {
  for (const example of command.examples.filter((line) => line.includes(`haechi ${command.name}`)))
    for (const [, name = ''] of example.matchAll(/ --([a-z-]+)/g))
      expect(Object.keys({ ...command.options, ...COMMON_OPTIONS })).toContain(name)
})

test('the main help lists commands in columns of one width', () => {
  const rows = mainHelp(COMMANDS)
    .split('\n')
    .filter((line) => /^ {2}\w+ {2,}/.test(line))

  const starts = rows.slice(0, COMMANDS.length).map((row) => row.search(/(?<= {2})\S+ \S/))
  expect(new Set(starts).size).toBe(1)
})
