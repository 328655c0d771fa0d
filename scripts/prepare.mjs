/** Brings a checkout into a state that runs: packages as locked, Node 24, and with --console the built console. */
// Runs before start, test, demo and dev, on whatever Node the shell has (20 or later) and with nothing installed,
// so it is plain JavaScript and imports only Node's own modules.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { consoleBuild } from './prepare/console-build.mjs'
import { broughtNode, findNode } from './prepare/find-node.mjs'
import { inTurn } from './prepare/in-turn.mjs'
import { packages } from './prepare/packages.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const steps = [packages(root), broughtNode(root)]
if (process.argv.includes('--console')) steps.push(consoleBuild(root))

async function prepare() {
  if (steps.some((step) => step.isStale())) {
    await inTurn(join(root, '.prepare.lock'), async () => {
      // Asked again: another run may have done the work while this one waited for its turn.
      for (const step of steps) if (step.isStale()) await step.renew()
    })
  }
  findNode(root)
}

try {
  await prepare()
} catch (failure) {
  console.error(`\n${failure instanceof Error ? failure.message : failure}`)
  process.exitCode = 1
}
