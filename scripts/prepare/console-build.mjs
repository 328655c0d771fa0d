/** Builds the console when its sources are not those of the last build. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { findNode } from './find-node.mjs'
import { runQuietly } from './run-quietly.mjs'

const folders = ['frontend', 'contract']
const files = ['package-lock.json', 'tsconfig.json']
const notSources = new Set(['dist', 'node_modules'])

/** @param {string} root the project's folder */
export function consoleBuild(root) {
  return { isStale: () => isStale(root), renew: () => build(root) }
}

/** The build empties its folder first and the stamp is written last, so a broken build counts as stale too. */
const stampFile = (root) => join(root, 'frontend/dist/.built-from')

function isStale(root) {
  const stamp = stampFile(root)
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== fingerprint(root)
}

async function build(root) {
  const frontend = join(root, 'frontend')
  const before = fingerprint(root)
  const vite = dirname(createRequire(join(frontend, 'package.json')).resolve('vite/package.json'))
  const command = [findNode(root), join(vite, 'bin/vite.js'), 'build']
  const env = { ...process.env, NODE_ENV: 'production' }
  await runQuietly('Building the console', command, { cwd: frontend, env })
  writeFileSync(stampFile(root), before)
}

/** A hash of contents: in a fresh clone, and after a checkout of an older version, dates say nothing. */
function fingerprint(root) {
  const hash = createHash('sha256')
  const sources = [
    ...files.map((file) => join(root, file)),
    ...folders.flatMap((name) => filesIn(join(root, name))),
  ]
  for (const file of sources.sort())
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  return hash.digest('hex')
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (notSources.has(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesIn(path) : [path]
  })
}
