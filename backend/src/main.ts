/** Starts the gateway from the environment, and stops it on a signal. */
import { type App, startApp } from './app.ts'
import { type Config, readConfig } from './config.ts'

function welcome({ url, setupUrl }: App, config: Config): string {
  const signIn = {
    none: 'no sign-in: ADMIN_AUTH=none lets everybody on this machine in',
    setup: `create the first operator at ${setupUrl}`,
    usual: `sign in at ${url}`,
  }[config.adminAuth === 'none' ? 'none' : setupUrl ? 'setup' : 'usual']
  return [
    `Claude gateway listens on ${url}`,
    `  data      ${config.databaseUrl ? 'PostgreSQL (DATABASE_URL)' : config.dataDir}`,
    `  console   ${signIn}`,
    '  a key     make one in the console under Keys, then for Claude Code:',
    `            export ANTHROPIC_BASE_URL=${url} ANTHROPIC_AUTH_TOKEN=gk-…`,
  ].join('\n')
}

/** The first signal lets the requests under way finish; the second does not wait. */
function stopOnSignal(app: App): void {
  let isStopping = false
  const stop = (signal: NodeJS.Signals): void => {
    if (isStopping) process.exit(1)
    isStopping = true
    console.error(`${signal}: finishing the requests under way; once more to stop at once`)
    app.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

/** A mistake of the operator's is told in words; anything else with its stack, since it is ours. */
function fail(error: unknown): never {
  const isTheirs = error instanceof Error && (error.name === 'ConfigError' || error.cause !== undefined)
  console.error(error instanceof Error ? (isTheirs ? error.message : error.stack) : error)
  process.exit(1)
}

try {
  const config = readConfig()
  const app = await startApp(config)
  console.log(welcome(app, config))
  stopOnSignal(app)
} catch (error) {
  fail(error)
}
