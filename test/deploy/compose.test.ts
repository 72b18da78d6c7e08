import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { packageRoot } from '../../src/package-root.js'
import { jsonForm, readCompose, readDockerfile, type Service } from '../fixtures/deployment.js'

const services = Object.entries(readCompose())
const ours = services.filter(([, { build }]) => build !== undefined)
const stages = readDockerfile()
const final = stages.at(-1) ?? []

const manifest = z
  .object({ version: z.string(), files: z.array(z.string()), bin: z.object({ haechi: z.string() }) })
  .parse(JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')))

const namesOf = (found: readonly (readonly [string, Service])[]): string[] => found.map(([name]) => name)
const restsOf = (name: string): string[] =>
  final.filter((instruction) => instruction.name === name).map(({ rest }) => rest)

test('compose names Kafka, Valkey, the three parts of Haechi, Prometheus and Grafana', () => {
  expect(namesOf(services).sort()).toEqual(
    ['bot', 'feed', 'grafana', 'kafka', 'prometheus', 'valkey', 'worker'].sort(),
  )
  expect(ours.map(([name, { command }]) => [name, ...command])).toEqual([
    ['worker', 'worker'],
    ['feed', 'feed'],
    ['bot', 'bot'],
  ])
})

test('every image has an exact version', () => {
  const images = [
    ...services.map(([, { image }]) => image),
    ...stages.map(([from]) => from?.rest.split(' ')[0] ?? ''),
  ]

  expect(images.filter((image) => !/^[\w./-]+:v?\d[\w.-]*$/.test(image))).toEqual([])
  expect(ours.filter(([, { image }]) => image !== `haechi:${manifest.version}`)).toEqual([])
})

test('whoever depends on a service waits until its health check passes', () => {
  const checked = new Set([
    ...namesOf(services.filter(([, s]) => s.healthcheck !== undefined)),
    ...namesOf(ours),
  ])
  const edges = services.flatMap(([, s]) => Object.entries(s.depends_on))

  expect(
    edges.filter(([name, { condition }]) => condition !== 'service_healthy' || !checked.has(name)),
  ).toEqual([])
  expect(namesOf(services).filter((name) => !checked.has(name))).toEqual([])
})

test('ports are published on this machine only, and never by a service that may run many times', () => {
  const published = services.flatMap(([, { ports }]) => ports)

  expect(published.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
  expect(readCompose().worker).toMatchObject({ ports: [] })
  expect(services.filter(([, s]) => s.container_name !== undefined)).toEqual([])
})

test('no secret is written down', () => {
  const secrets = services.flatMap(([, { environment }]) =>
    Object.entries(environment).filter(([key]) => /TOKEN|PASSWORD|SECRET|KEY$/.test(key)),
  )

  expect(secrets).toEqual([['TWITCH_TOKEN', expect.stringMatching(/^\$\{TWITCH_TOKEN:-\}$/)]])
})

test('what is mounted exists', () => {
  const folders = services.flatMap(([, { volumes }]) => volumes).filter((volume) => volume.startsWith('./'))

  expect(folders.length).toBeGreaterThan(0)
  expect(folders.filter((volume) => !existsSync(join(packageRoot, volume.split(':')[0] ?? '')))).toEqual([])
})

test('the image runs the program as a user without rights, ends on SIGTERM and checks its health', () => {
  expect(jsonForm(restsOf('ENTRYPOINT')[0] ?? '')).toEqual(['node', manifest.bin.haechi])
  expect(restsOf('USER')).toEqual(['node'])
  expect(restsOf('STOPSIGNAL')).toEqual(['SIGTERM'])
  expect(jsonForm(restsOf('HEALTHCHECK')[0] ?? '')).toEqual(['node', 'deploy/health.mjs'])
})

test('the image holds every file of the package, and no install script has run in it', () => {
  const copied = restsOf('COPY').map((rest) => rest.replace('--from=build /app/', '').split(' ')[0])
  const installs = stages[0]?.filter(({ rest }) => rest.startsWith('npm ci'))

  expect(manifest.files.filter((path) => !copied.includes(path))).toEqual([])
  expect(installs).toEqual([{ name: 'RUN', rest: 'npm ci --ignore-scripts' }])
})

test('what the build copies exists and is not hidden from it', () => {
  const shown = readFileSync(join(packageRoot, '.dockerignore'), 'utf8').split('\n')
  const copied = stages
    .flat()
    .filter(({ name, rest }) => name === 'COPY' && !rest.startsWith('--from'))
    .flatMap(({ rest }) => rest.split(' ').slice(0, -1))

  expect(copied.filter((path) => !existsSync(join(packageRoot, path)))).toEqual([])
  expect(copied.filter((path) => !shown.includes(`!${path}`))).toEqual([])
})
