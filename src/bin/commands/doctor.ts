import { diagnose, type Finding } from '../../app-doctor.js'
import { EXIT } from '../../errors.js'
import type { Command } from '../command.js'
import { configOf, settingFlags } from '../settings-flags.js'

const settings = settingFlags([
  'kafka',
  'redis',
  'model',
  'second-model',
  'host',
  'port',
  'metrics-port',
  'data',
])

const COLOURS = { ok: '32', warning: '33', failure: '31', skipped: '90' } as const

const show = ({ name, status, detail, advice }: Finding): string => {
  const padded = status.padEnd(7)
  const mark = process.stdout.isTTY ? `\u001b[${COLOURS[status]}m${padded}\u001b[0m` : padded
  const line = `${mark}  ${name.padEnd(12)}  ${detail.replaceAll('\n', ' ')}`
  return advice === undefined ? line : `${line}\n${' '.repeat(23)}-> ${advice}`
}

export const doctor: Command = {
  name: 'doctor',
  summary: 'checks Node, model, Kafka, Redis, ports and data folder, and says what to do',
  usage: '[options]',
  options: settings.options,
  help: settings.help,
  examples: [
    'haechi doctor',
    'KAFKA_BROKERS=localhost:9092 REDIS_URL=redis://localhost:6379 haechi doctor --json',
  ],
  run: async (context) => {
    const findings: Finding[] = []
    for await (const finding of diagnose(configOf(context))) {
      findings.push(finding)
      if (context.values.json !== true) context.print(show(finding))
    }
    const isHealthy = findings.every(({ status }) => status !== 'failure')
    if (context.values.json === true) context.print(JSON.stringify({ healthy: isHealthy, findings }))
    return isHealthy ? EXIT.ok : EXIT.unavailable
  },
}
