/** Starts the gateway from the environment, and stops it on a signal. */
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { App } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { StartFailure } from './failures.ts'
import { giveBackMemory } from './store/give-back-memory.ts'
import { tuneV8 } from './tune-v8.ts'

const NO_SIGN_IN = `
  !!  ADMIN_AUTH=none: there is no sign-in. Everybody and every program on this machine can read the
  !!  request log, use the channels and change everything. Start without it to have passwords again.
`

function welcome(app: App, config: Config): string {
  return [
    `Claude gateway listens on ${app.url}`,
    `  data      ${config.databaseUrl === null ? config.dataDir : 'PostgreSQL (DATABASE_URL)'}`,
    `  console   ${waysIn(app, config)}`,
    '  a key     make one in the console under Keys, then for Claude Code:',
    `            export ANTHROPIC_BASE_URL=${config.publicUrl ?? app.url} ANTHROPIC_AUTH_TOKEN=gk-…`,
  ].join('\n')
}

function waysIn({ url: ownUrl, setupUrl }: App, { adminAuth, publicUrl }: Config): string {
  const url = publicUrl ?? ownUrl
  if (adminAuth === 'none') return `${url}, without any sign-in`
  if (setupUrl !== null) return `create the first operator at ${setupUrl}`
  return `sign in at ${url}`
}

/** One Ctrl-C can come twice: from the terminal to all, and from npm, which passes its own on. */
const SAME_SIGNAL_MS = 500

/** The first signal lets the requests under way finish; the second does not wait. */
function stopOnSignal(starting: Promise<App>): void {
  let firstAt: number | null = null
  const stop = (signal: NodeJS.Signals): void => {
    if (firstAt !== null) {
      if (performance.now() - firstAt > SAME_SIGNAL_MS) process.exit(1)
      return
    }
    firstAt = performance.now()
    console.error(`${signal}: finishing the requests under way; once more to stop at once`)
    starting.then((app) => app.close()).then(() => process.exit(0), fail)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

/** What the operator can mend is told in words; anything else with its stack, since it is ours to mend. */
function fail(error: unknown): never {
  if (error instanceof StartFailure) console.error(error.message)
  else console.error(error)
  process.exit(1)
}

/**
 * Keeps what Node makes of the sources for the next start, which takes half the time then. By the environment, so that
 * the threads have it too; where nothing can be written, nothing is kept. `npm start` sets it before Node starts, which
 * saves 20 MB more: what takes the types out of this very file.
 */
function keepCompiled(): void {
  process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(
    new URL('../../node_modules/.cache/compiled', import.meta.url),
  )
  enableCompileCache()
}

try {
  const config = readConfig()
  if (config.adminAuth === 'none') console.error(NO_SIGN_IN)
  tuneV8()
  keepCompiled()
  const { startApp } = await import('./app.ts')
  const starting = startApp(config)
  stopOnSignal(starting)
  const app = await starting
  // What only the start needed: some 50 MB.
  giveBackMemory()
  console.log(welcome(app, config))
} catch (error) {
  fail(error)
}
