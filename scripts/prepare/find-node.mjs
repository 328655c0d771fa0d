/** Finds the Node that the project runs on: the one that npm brought along, else the shell's. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** `npm run` looks here first, so what stands here is the `node` of every script. */
const linkIn = (root) => join(root, 'node_modules/.bin/node')
const broughtTo = (root) => join(root, `node_modules/node-linux-${process.arch}/bin/node`)

/**
 * The step that puts the brought Node where `npm run` finds it. npm links it by itself, but
 * npm 10, which comes with Node 20, takes the link away again with the package for the other processor; and where
 * that Node does not start (it needs glibc), the link has to go, since it would hide the shell's own.
 * @param {string} root the project's folder
 */
export function broughtNode(root) {
  const starts = () => versionOf(broughtTo(root)) !== undefined
  return {
    isStale: () => existsSync(broughtTo(root)) && existsSync(linkIn(root)) !== starts(),
    renew: async () => {
      rmSync(linkIn(root), { force: true })
      if (starts()) symlinkSync(relative(dirname(linkIn(root)), broughtTo(root)), linkIn(root))
    },
  }
}

/**
 * @param {string} root the project's folder
 * @returns {string} the path of the Node that `npm run` will use
 * @throws {Error} saying what to install, when it is older than `engines` in package.json allows
 */
export function findNode(root) {
  const path = existsSync(linkIn(root)) ? realpathSync(linkIn(root)) : process.execPath
  const needed = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node.replace('>=', '')
  const found = versionOf(path)
  if (found !== undefined && isAtLeast(found, needed)) return path
  throw new Error(
    `This project runs on Node ${needed} or later, and this is ${found} (${path}).\n` +
      'npm brings a newer one along for Linux on x64 and arm64 with glibc, unless optional packages are switched off.\n' +
      `For ${process.platform} on ${process.arch} install it from https://nodejs.org, then run the same command again.`,
  )
}

/** The version without the `v`; undefined when that Node does not start on this machine. */
function versionOf(path) {
  if (path === process.execPath) return process.versions.node
  const { status, stdout } = spawnSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

function isAtLeast(version, needed) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [neededMajor = 0, neededMinor = 0] = needed.split('.').map(Number)
  return major > neededMajor || (major === neededMajor && minor >= neededMinor)
}
