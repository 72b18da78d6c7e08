import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The repository's folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url))
/** The built command line. */
export const binary = join(root, 'dist/src/bin/haechi.js')

const at = (path) => join(root, path)
const sha256 = (content) => createHash('sha256').update(content).digest('hex')
const isStamped = (file, stamp) => existsSync(file) && readFileSync(file, 'utf8') === stamp

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  console.error(
    `haechi: this is Node ${process.versions.node}; Haechi needs Node 20.19 or newer (nodejs.org)`,
  )
  process.exit(1)
}

function npm(args, what) {
  console.log(`haechi: ${what} (npm ${args.join(' ')})`)
  const cli = process.env.npm_execpath
  const viaNode = cli?.endsWith('npm-cli.js') && existsSync(cli)
  const [command, first] = viaNode ? [process.execPath, [cli]] : ['npm', []]
  const run = spawnSync(command, [...first, ...args], { cwd: root, stdio: 'inherit' })
  if (run.status === 0) return
  const why = run.error?.message ?? `npm ${args.join(' ')} failed; its message is above`
  console.error(`haechi: ${why}`)
  process.exit(1)
}

/** An installation by hand counts too: npm then leaves its own record, newer than the lock file. */
function isInstalledByHand() {
  const record = at('node_modules/.package-lock.json')
  const hasCompiler = existsSync(at('node_modules/typescript/package.json'))
  return (
    hasCompiler && existsSync(record) && statSync(record).mtimeMs >= statSync(at('package-lock.json')).mtimeMs
  )
}

function install() {
  const stampFile = at('node_modules/.haechi-setup')
  const stamp = sha256(readFileSync(at('package-lock.json')))
  if (isStamped(stampFile, stamp)) return
  if (!isInstalledByHand()) npm(['ci'], 'installing the dependencies')
  writeFileSync(stampFile, stamp)
}

/** Changes with any source's path, size or time. */
function fingerprintSources() {
  const files = ['src', 'test'].flatMap((folder) =>
    readdirSync(at(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
  )
  const all = [...files, at('tsconfig.json'), at('package-lock.json')].sort()
  const lines = all.map((file) => {
    const { size, mtimeMs } = statSync(file)
    return `${file} ${size} ${mtimeMs}`
  })
  return sha256(lines.join('\n'))
}

function build() {
  const stampFile = at('dist/.haechi-setup')
  const stamp = fingerprintSources()
  if (existsSync(binary) && isStamped(stampFile, stamp)) return
  // The compiler believes its record rather than the folder: without the program the record is wrong.
  if (!existsSync(binary)) rmSync(at('dist/.tsbuildinfo'), { force: true })
  npm(['run', '--silent', 'build'], 'building')
  writeFileSync(stampFile, stamp)
}

/** Makes the checkout ready to run: checks Node, installs and builds what is missing or out of date, and says so. */
export function setUp() {
  checkNode()
  install()
  build()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) setUp()
