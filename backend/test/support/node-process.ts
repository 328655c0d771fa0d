/** A script that runs in a Node process of its own, as its users start it, and what it prints. */
import { type ChildProcess, spawn } from 'node:child_process'
import { afterEach } from 'vitest'

/** Generous: a machine that runs other tests meanwhile starts a gateway in seconds, not in half a second. */
const PATIENCE_MS = 30_000

export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

const running = new Set<ChildProcess>()
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
})

export class NodeProcess {
  stdout = ''
  stderr = ''
  /** Settles when the process is gone and all that it printed is read. */
  readonly ended: Promise<Ending>
  readonly #child: ChildProcess

  /** @param environment all that the process gets, but for PATH. @param launcher what starts Node, where that is not Node. */
  constructor(script: string, environment: Record<string, string>, launcher: readonly string[] = []) {
    const [command, ...args] = [...launcher, process.execPath, script]
    const env = { PATH: process.env['PATH'], ...environment }
    const child = spawn(command ?? '', args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#child = child
    running.add(child)
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        this[stream] += text
      })
    }
    this.ended = new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code, signal) => {
        running.delete(child)
        resolve({ code, signal })
      })
    })
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name)
  }

  /** The first match in what it printed on stdout; rejects when it ends, or half a minute passes, without one. */
  async printed(pattern: RegExp): Promise<RegExpExecArray> {
    const deadline = performance.now() + PATIENCE_MS
    let hasEnded = false
    void this.ended.finally(() => {
      hasEnded = true
    })
    while (true) {
      const match = pattern.exec(this.stdout)
      if (match !== null) return match
      if (hasEnded || performance.now() > deadline) {
        throw new Error(`It did not print ${pattern}, but:\n${this.stdout}\n${this.stderr}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
}
