/** The processes that are measured: started on a processor of their own, watched from outside, ended by their id. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

/** The contender has the first processor; the load and the upstream share the second. */
export const CONTENDER_CPU = 0
const LOAD_CPU = 1

const isPinnable = availableParallelism() >= 2 && hasTaskset()

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['-p', String(process.pid)], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Puts this process, which makes the load, on its processor. @returns whether that can be done here. */
export function pinLoad(): boolean {
  if (isPinnable)
    execFileSync('taskset', ['-a', '-p', '-c', String(LOAD_CPU), String(process.pid)], { stdio: 'ignore' })
  return isPinnable
}

/** How long the contenders' processor has been busy, with whatever it was, milliseconds; NaN where nobody is pinned. */
export function contenderProcessorMs(): number {
  if (!isPinnable) return Number.NaN
  const line = new RegExp(`^cpu${CONTENDER_CPU} (.*)$`, 'm').exec(readFileSync('/proc/stat', 'latin1'))?.[1]
  const ticks = line?.split(' ').map(Number) ?? []
  return BUSY_FIELDS.reduce((sum, field) => sum + (ticks[field] ?? Number.NaN), 0) * TICK_MS
}

/** Of a line of /proc/stat: all kinds but idle and waiting for a disk. */
const BUSY_FIELDS = [0, 1, 2, 5, 6, 7]
/** proc(5) counts in hundredths of a second. */
const TICK_MS = 10

export class Running {
  readonly #child: ChildProcess
  readonly #name: string
  #output = ''

  constructor(
    name: string,
    command: readonly string[],
    options: { cpu?: number; env?: Record<string, string> } = {},
  ) {
    const { cpu = LOAD_CPU, env = {} } = options
    const pinned = isPinnable ? ['taskset', '-c', String(cpu), ...command] : command
    const [program = '', ...args] = pinned
    this.#name = name
    this.#child = spawn(program, args, {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-20_000)
      })
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** The first group of the pattern in what it printed; throws when it ends or half a minute passes before. */
  async printed(pattern: RegExp): Promise<string> {
    const until = performance.now() + 30_000
    while (performance.now() < until && this.#child.exitCode === null) {
      const found = pattern.exec(this.#output)?.[1]
      if (found !== undefined) return found
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    throw new Error(`${this.#name} did not start:\n${this.#output}`)
  }

  /** Processor time of all its threads so far, milliseconds. */
  cpuMs(): number {
    const stat = readFileSync(`/proc/${this.pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // Fields 14 and 15 of proc(5).
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS
  }

  /** Resident memory, megabytes. */
  residentMb(): number {
    const status = readFileSync(`/proc/${this.pid}/status`, 'latin1')
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return
    const ended = new Promise((resolve) => this.#child.once('exit', resolve))
    this.#child.kill('SIGTERM')
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5000)
    await ended
    clearTimeout(timer)
  }
}
