/** Starts an image with buildah, by its own command and user, and looks at it from outside. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

interface ImageConfig {
  Entrypoint: string[]
  Cmd: string[] | null
  Healthcheck: { Test: string[] }
}

export interface ContainerOptions {
  /** On which the image will listen; there is no network between us and it. */
  readonly port: number
  readonly env?: Readonly<Record<string, string>>
}

const buildah = (...args: string[]): string => execFileSync('buildah', args, { encoding: 'utf8' }).trim()

/** Resolves once the port is taken. Rejects when the command ends before that, or after 20 s. */
export async function startContainer(image: string, options: ContainerOptions): Promise<Container> {
  const container = new Container(image, options)
  await container.start()
  return container
}

export class Container {
  readonly url: string
  readonly #id: string
  readonly #config: ImageConfig
  readonly #options: ContainerOptions
  #process: ChildProcess | undefined

  constructor(image: string, options: ContainerOptions) {
    const name = `localhost/claude-gateway-verify-${image}`
    this.url = `http://127.0.0.1:${options.port}`
    this.#options = options
    this.#config = JSON.parse(buildah('inspect', '--type', 'image', name)).Docker.config
    this.#id = buildah('from', name)
  }

  /** Also starts it again after `stop`, with the files that it has written. */
  async start(): Promise<void> {
    const command = [...this.#config.Entrypoint, ...(this.#config.Cmd ?? [])]
    const child = spawn('buildah', this.#run(command), { stdio: ['ignore', 'inherit', 'inherit'] })
    this.#process = child
    for (let waitedMs = 0; waitedMs < 20_000 && child.exitCode === null; waitedMs += 100) {
      if (this.#listeners().length > 0) return
      await sleep(100)
    }
    throw new Error(`nothing listens on port ${this.#options.port}`)
  }

  /** Runs a command inside; returns its exit code. */
  run(...command: string[]): number | null {
    return spawnSync('buildah', this.#run(command)).status
  }

  /** Runs the image's own health check; 0 is healthy. */
  health(): number | null {
    return this.run(...this.#config.Healthcheck.Test.slice(1))
  }

  /** The user numbers of the processes that listen on the port. */
  users(): number[] {
    const uidOf = (pid: number) => /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return this.#listeners().map((pid) => Number(uidOf(pid)))
  }

  /** The files that the image's user has written outside of /tmp and /data: what a read-only root would refuse. */
  written(): string[] {
    const root = buildah('mount', this.#id)
    const user = String(this.users()[0])
    const left = ['tmp', 'data', 'proc', 'sys', 'dev'].flatMap((name) => [
      '-path',
      `${root}/${name}`,
      '-prune',
      '-o',
    ])
    const found = execFileSync('find', [root, ...left, '-user', user, '-type', 'f', '-print'])
    return found.toString().split('\n').filter(Boolean)
  }

  /** Stops it as an engine would, and resolves with the exit code. */
  async stop(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#process
    const [first] = this.#listeners()
    if (child === undefined || first === undefined) return null
    const exit = once(child, 'exit')
    process.kill(first, signal)
    await exit
    return child.exitCode
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop('SIGKILL')
    buildah('rm', this.#id)
  }

  #run(command: readonly string[]): string[] {
    const env = Object.entries(this.#options.env ?? {}).flatMap(([name, value]) => [
      '--env',
      `${name}=${value}`,
    ])
    return ['run', '--isolation', 'chroot', ...env, this.#id, '--', ...command]
  }

  /** The processes on the port, the first one being their parent. */
  #listeners(): number[] {
    const lines = execFileSync('ss', ['-ltnpH', `sport = :${this.#options.port}`], { encoding: 'utf8' })
    return [...lines.matchAll(/pid=(\d+)/g)].map(([, pid]) => Number(pid)).sort((a, b) => a - b)
  }
}
