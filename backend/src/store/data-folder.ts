/** Makes the folder that holds the gateway's data. */
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes the folder, and those above it, for their owner alone; one that is there is left as it is. Rejects with the
 * file system's error. Not mkdir's own `recursive`: below /proc, where the parent is there and nothing can be made,
 * that tries for ever.
 */
export async function makeDataFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(absent)
  if (found?.isDirectory()) return
  if (found === null) await makeDataFolder(dirname(folder))
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    // Another process that starts at the same moment may have made it.
    if ((await stat(folder).catch(absent))?.isDirectory()) return
    throw error
  }
}

function absent(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}
