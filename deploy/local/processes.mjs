import { spawn, spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const running = new Set()

// Nothing may outlive this process, not even after a crash: the last resort is SIGKILL.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Is the program there? Answers undefined, or the reason why not. */
export function whyMissing(command, args) {
  const probe = spawnSync(command, args, { stdio: 'ignore', timeout: 10_000 })
  if (probe.error?.code === 'ENOENT') return `${command} is not installed`
  return probe.status === 0 ? undefined : `\`${command} ${args.join(' ')}\` fails`
}

/** Distinct TCP ports of 127.0.0.1 that are free now. */
export async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer())
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise((resolve, reject) => {
          server.on('error', reject)
          server.listen(0, '127.0.0.1', () => resolve(server.address().port))
        }),
    ),
  )
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

/**
 * Starts a program whose output goes to `<folder>/<name>.log`.
 * `stop()` asks (SIGTERM) and after 20 s insists; `kill()` is SIGKILL; both wait for the end and may be called twice.
 */
export function startProcess({ name, command, args, folder, env }) {
  const logFile = join(folder, `${name}.log`)
  const log = openSync(logFile, 'a')
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  running.add(child)
  const exited = new Promise((resolve) => {
    const ended = () => {
      running.delete(child)
      resolve()
    }
    child.on('exit', ended)
    child.on('error', ended)
  })
  const end = async (signal) => {
    if (running.has(child)) child.kill(signal)
    const timer = setTimeout(() => child.kill('SIGKILL'), 20_000)
    await exited
    clearTimeout(timer)
  }
  return {
    name,
    pid: child.pid,
    logFile,
    isRunning: () => running.has(child),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

/** Waits until `isReady()` (asked every 50 ms) says so; fails with the log's end when the process dies or time is up. */
export async function waitUntilReady(server, isReady, timeoutMs = 60_000) {
  const deadline = Date.now() + timeoutMs
  while (!(await isReady())) {
    const died = !server.isRunning()
    if (died || Date.now() > deadline) {
      await server.kill()
      const tail = readFileSync(server.logFile, 'utf8').slice(-2_000)
      throw new Error(
        `${server.name} ${died ? 'ended' : `was not ready within ${timeoutMs} ms`}; its log ends:\n${tail}`,
      )
    }
    await delay(50)
  }
}

/** Sends `request` to 127.0.0.1:`port`; true when the answer starts with `expected` (an open port is enough for ''). */
export function answers(port, request = '', expected = '') {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const finish = (isReady) => {
      socket.destroy()
      resolve(isReady)
    }
    socket.setTimeout(1_000, () => finish(false))
    socket.on('error', () => finish(false))
    // A proxy with nothing behind it accepts, then hangs up.
    socket.on('close', () => finish(false))
    socket.on('connect', () => (request === '' ? finish(true) : socket.write(request)))
    socket.on('data', (data) => finish(data.toString().startsWith(expected)))
  })
}
