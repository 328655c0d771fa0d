/** `npm run dev`: the gateway, started anew on each change, and Vite's server for the console; one Ctrl-C ends both. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The gateway finishes the requests in hand when it is told to stop; what takes longer than this is cut off. */
const graceMs = 10_000

const root = join(import.meta.dirname, '..')
const frontend = join(root, 'frontend')
const vite = dirname(createRequire(join(frontend, 'package.json')).resolve('vite/package.json'))

/** In a process group of its own, so that what `node --watch` has started can be found when it has to be killed. */
function start(args: readonly string[], cwd: string): ChildProcess {
  return spawn(process.execPath, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'], detached: true })
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // All of it has ended already.
  }
}

const children = [
  start(['--watch', '--watch-preserve-output', 'backend/src/main.ts'], root),
  start([join(vite, 'bin/vite.js'), '--clearScreen', 'false'], frontend),
]

let isStopping = false

function stop(): void {
  if (isStopping) return
  isStopping = true
  // Only to the first of each group: `node --watch` passes it on, and a gateway that hears it twice may cut requests off.
  for (const child of children) child.kill('SIGTERM')
  setTimeout(() => children.forEach(killGroup), graceMs).unref()
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
for (const child of children) {
  child.on('error', (error) => console.error(error.message))
  child.on('exit', () => {
    if (!isStopping) process.exitCode = 1
    killGroup(child)
    stop()
  })
}
