import { readdirSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { packageRoot } from '../src/package-root.js'
import {
  countLines,
  functionLengths,
  indentedFunctionLengths,
  parse,
  readFiles,
  type TypeScriptFile,
  visitAll,
} from './fixtures/source-tree.js'

/** Data flows in this order; a stage may import itself and the stages before it. */
const STAGES = ['domain', 'sources', 'text', 'model', 'users', 'policy', 'queue', 'actions', 'web']
/** May be imported from everywhere, because they import only each other. */
const FOUNDATIONS = ['src/deadline.ts', 'src/errors.ts', 'src/package-root.ts', 'src/retry.ts']
/** What pure code may import. */
const PURE: Readonly<Record<string, readonly string[]>> = {
  domain: ['domain'],
  text: ['domain', 'text'],
  policy: ['domain', 'text', 'policy'],
}
/** Reads and checks a file once, so that the rest of its folder need not. */
const PURE_EXCEPT = new Set(['src/text/vocab.ts'])
/** Hashing is a function of its input. */
const PURE_PACKAGES = new Set(['node:crypto'])
const ADAPTER =
  /^src\/\w+\/(kafka|redis|sqlite|bullmq|twitch|file|demo|onnx|webhook|dry-run)-(source|user-store|case-store|queue|outbox|record-log|backend|helix|action|store)\.ts$/
const COMPOSERS = /^src\/(app[\w-]*\.ts|bin\/)/
const TOP_LEVEL =
  /^(src|models|deploy|test|docker-compose\.yml|package\.json|package-lock\.json|README\.md|LICENSE|NOTICE|CONTRIBUTING\.md|CHANGELOG\.md|SECURITY\.md|tsconfig[\w.]*\.json|biome\.json|vitest\.config\.ts|\..+)$/
/** Made by tools, and ignored by git. */
const GENERATED = new Set(['node_modules', 'dist', 'data', 'local-data'])

const sources = readFiles(['src'], ['ts']).map(parse)
const tests = readFiles(['test'], ['ts']).map(parse)
const scripts = readFiles(['src/web/public', 'deploy', '.ci'], ['js', 'mjs']).map(parse)
const others = readFiles(['src', 'models', 'deploy', 'test'], ['py', 'lua'])

const stageOf = (path: string): string | undefined => /^src\/(\w+)\//.exec(path)?.[1]
const isOurs = (target: string): boolean => target.startsWith('src/')

/** `file imports target` for each import that breaks the rule. */
const breaking = (
  files: readonly TypeScriptFile[],
  isWrong: (file: TypeScriptFile, target: string, isTypeOnly: boolean) => boolean,
): string[] =>
  files.flatMap((file) =>
    file.imports
      .filter(({ target, isTypeOnly }) => isWrong(file, target, isTypeOnly))
      .map(({ target }) => `${file.path} imports ${target}`),
  )

const findNodes = (files: readonly TypeScriptFile[], isWrong: (node: ts.Node) => boolean): string[] =>
  files.flatMap((file) => {
    const found: string[] = []
    visitAll(file.tree, (node) => {
      if (!isWrong(node)) return
      const { line } = file.tree.getLineAndCharacterOfPosition(node.getStart(file.tree))
      found.push(`${file.path}:${line + 1}: ${node.getText(file.tree)}`)
    })
    return found
  })

describe('imports', () => {
  test('a stage imports only itself, earlier stages and the foundations', () => {
    const wrong = breaking(sources, ({ path }, target) => {
      const own = STAGES.indexOf(stageOf(path) ?? '')
      if (own === -1 || !isOurs(target) || FOUNDATIONS.includes(target)) return false
      const other = STAGES.indexOf(stageOf(target) ?? '')
      return other === -1 || other > own
    })

    expect(wrong).toEqual([])
  })

  test('telemetry imports only domain, and the foundations only each other', () => {
    const wrong = breaking(
      sources,
      ({ path }, target) =>
        isOurs(target) &&
        ((stageOf(path) === 'telemetry' && !['telemetry', 'domain'].includes(stageOf(target) ?? '')) ||
          (FOUNDATIONS.includes(path) && !FOUNDATIONS.includes(target))),
    )

    expect(wrong).toEqual([])
  })

  test('every folder of src is a stage, telemetry or the command line', () => {
    const folders = new Set(sources.flatMap(({ path }) => stageOf(path) ?? []))

    expect([...folders].filter((folder) => ![...STAGES, 'telemetry', 'bin'].includes(folder))).toEqual([])
  })

  test('pure code imports only pure code', () => {
    const wrong = breaking(sources, ({ path }, target) => {
      const allowed = PURE[stageOf(path) ?? '']
      if (allowed === undefined || FOUNDATIONS.includes(target) || PURE_EXCEPT.has(path)) return false
      if (PURE_PACKAGES.has(target)) return false
      return !isOurs(target) || !allowed.includes(stageOf(target) ?? '')
    })

    expect(wrong).toEqual([])
  })

  test('only the app and the command line know an adapter', () => {
    const wrong = breaking(
      sources,
      ({ path }, target, isTypeOnly) =>
        ADAPTER.test(target) && !isTypeOnly && !COMPOSERS.test(path) && !ADAPTER.test(path),
    )

    expect(wrong).toEqual([])
  })

  test('nothing but the command line imports the command line', () => {
    expect(
      breaking(sources, ({ path }, target) => stageOf(target) === 'bin' && stageOf(path) !== 'bin'),
    ).toEqual([])
  })

  test('there is no cycle', () => {
    const graph = new Map(sources.map(({ path, imports }) => [path, imports.map(({ target }) => target)]))
    const finished = new Set<string>()
    const cycleFrom = (path: string, trail: readonly string[]): string[] => {
      if (trail.includes(path)) return [[...trail.slice(trail.indexOf(path)), path].join(' > ')]
      if (finished.has(path)) return []
      const cycles = (graph.get(path) ?? []).flatMap((target) => cycleFrom(target, [...trail, path]))
      finished.add(path)
      return cycles
    }

    expect([...graph.keys()].flatMap((path) => cycleFrom(path, []))).toEqual([])
  })
})

describe('size', () => {
  test('no file is longer than 300 lines', () => {
    const all = [...sources, ...tests, ...scripts, ...others]
    const long = all.filter(({ text }) => countLines(text) > 300)

    expect(long.map(({ path, text }) => `${path}: ${countLines(text)}`)).toEqual([])
  })

  test('no function is longer than 60 lines', () => {
    const lengths = [
      ...[...sources, ...tests, ...scripts].flatMap(functionLengths),
      ...others.flatMap(indentedFunctionLengths),
    ]

    expect(lengths.filter(({ lines }) => lines > 60)).toEqual([])
  })
})

describe('words that are not used', () => {
  test('any, in code and tests', () => {
    expect(findNodes([...sources, ...tests], (node) => node.kind === ts.SyntaxKind.AnyKeyword)).toEqual([])
  })

  test('markup and code made from strings, in the page', () => {
    const page = readFiles(['src/web/public'], ['js', 'html'])
    const sinks =
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|\beval\(|new Function|srcdoc/

    expect(page.filter(({ text }) => sinks.test(text)).map(({ path }) => path)).toEqual([])
  })

  test('regular expressions made inside functions, where a pattern from outside could get in and stall', () => {
    const isMade = (node: ts.Node): boolean =>
      ts.findAncestor(node, ts.isFunctionLike) !== undefined &&
      (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === 'RegExp' &&
      !(node.arguments?.[0] !== undefined && ts.isStringLiteralLike(node.arguments[0]))

    expect(findNodes([...sources, ...scripts], isMade)).toEqual([])
  })
})

test('the top level holds the agreed names and nothing else', () => {
  const names = readdirSync(packageRoot).filter((name) => !GENERATED.has(name))

  expect(names.filter((name) => !TOP_LEVEL.test(name))).toEqual([])
})
