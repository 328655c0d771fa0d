/** Lets one process at a time do a piece of work in this folder; the others wait for it. */
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const beatMs = 1_000
/** A lock that nobody has touched for so long belongs to nobody, even if its process number is in use again. */
const abandonedAfterMs = 30_000

/**
 * @param {string} lockFile made for as long as the work lasts; it holds the owner's process number
 * @param {() => Promise<void>} work
 */
export async function inTurn(lockFile, work) {
  await take(lockFile)
  const beat = setInterval(() => utimesSync(lockFile, new Date(), new Date()), beatMs)
  try {
    await work()
  } finally {
    clearInterval(beat)
    rmSync(lockFile, { force: true })
  }
}

async function take(lockFile) {
  let told = false
  while (!create(lockFile)) {
    const owner = ownerOf(lockFile)
    if (owner === 'gone') continue
    if (owner === 'abandoned') {
      discard(lockFile)
      continue
    }
    if (!told) console.log(`Another run (process ${owner}) is preparing this folder; waiting for it …`)
    told = true
    await sleep(100)
  }
}

function create(lockFile) {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
    return true
  } catch (cause) {
    if (cause.code === 'EEXIST') return false
    throw cause
  }
}

/** @returns {'gone' | 'abandoned' | string} what became of the lock, or the number of the process that holds it */
function ownerOf(lockFile) {
  try {
    const owner = readFileSync(lockFile, 'utf8')
    const isOld = Date.now() - statSync(lockFile).mtimeMs > abandonedAfterMs
    return isOld || (owner !== '' && !isAlive(Number(owner))) ? 'abandoned' : owner
  } catch (cause) {
    if (cause.code === 'ENOENT') return 'gone'
    throw cause
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return cause.code === 'EPERM'
  }
}

/** Of several that want to throw the same lock away, rename() lets one through; a lock taken meanwhile is put back. */
function discard(lockFile) {
  const mine = `${lockFile}.${process.pid}`
  try {
    renameSync(lockFile, mine)
    if (ownerOf(mine) === 'abandoned') rmSync(mine)
    else renameSync(mine, lockFile)
  } catch (cause) {
    if (cause.code !== 'ENOENT') throw cause
  }
}
