/** Installs the packages of package-lock.json when node_modules holds anything else. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runQuietly } from './run-quietly.mjs'

const advice = `What to do: see that the npm registry can be reached (npm ping) and the disk has room (about 1 GB), then run
the same command again. If npm says that package.json and package-lock.json disagree, run npm install.`

/** @param {string} root the project's folder */
export function packages(root) {
  return { isStale: () => isStale(root), renew: () => install(root) }
}

/** npm writes down what it installed as the last thing it does, so a broken installation counts as stale too. */
function isStale(root) {
  const installed = readPackages(join(root, 'node_modules/.package-lock.json'))
  if (installed === undefined) return true
  const locked = readPackages(join(root, 'package-lock.json'))
  return Object.entries(locked).some(
    ([path, wanted]) => path !== '' && !isInPlace(root, path, wanted, installed),
  )
}

function readPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined
}

function isInPlace(root, path, wanted, installed) {
  const found = installed[path]
  if (found === undefined) return wanted.optional === true && !isForThisMachine(wanted)
  const isSame = found.version === wanted.version && found.integrity === wanted.integrity
  return isSame && existsSync(join(root, path))
}

/** Says yes only where that is certain: npm alone knows this machine's libc, and which optional package needs which. */
function isForThisMachine({ os, cpu, libc }) {
  if (os === undefined || cpu === undefined || libc !== undefined) return false
  return [os].flat().includes(process.platform) && [cpu].flat().includes(process.arch)
}

async function install(root) {
  // Said outright, since NODE_ENV=production or a line in ~/.npmrc would leave out what builds the console.
  const options = ['--include=dev', '--include=optional', '--engine-strict=false', '--no-audit', '--no-fund']
  try {
    await runQuietly('Installing packages', [...npm(), 'ci', ...options], { cwd: root })
  } catch (cause) {
    throw new Error(`${cause.message}\n${advice}`, { cause })
  }
}

/** The npm that is running us, if one is: the shell may have another one, or none on its PATH. */
function npm() {
  const path = process.env.npm_execpath
  return path?.endsWith('npm-cli.js') ? [process.execPath, path] : ['npm']
}
