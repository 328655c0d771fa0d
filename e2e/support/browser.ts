/** A real headless Chromium, from npm alone. */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import bundled from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

// A test machine has no sandbox to offer to root, and the browser is to talk to nobody but the gateway.
const FLAGS = ['--no-sandbox', '--disable-background-networking', '--disable-dev-shm-usage']

/** Whoever launches it closes it. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await unpackedBrowser(), args: FLAGS })
}

/**
 * Unpacks the browser once a machine and version. The package itself writes to one shared name as it goes, so that two
 * test files that start at once, or a run that was ended half way, would leave half a browser behind; a folder that is
 * renamed when it is whole cannot.
 */
async function unpackedBrowser(): Promise<string> {
  const manifest = fileURLToPath(new URL('../package.json', import.meta.resolve('@sparticuz/chromium')))
  const { version } = JSON.parse(await readFile(manifest, 'utf8'))
  const home = join(tmpdir(), `gateway-test-chromium-${version}`)
  if (!existsSync(home)) {
    const draft = await mkdtemp(`${home}-`)
    await unpackInto(draft)
    // Somebody else was quicker: theirs is as good.
    await rename(draft, home).catch(() => rm(draft, { recursive: true }))
  }
  return join(home, 'chromium')
}

async function unpackInto(folder: string): Promise<void> {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    await bundled.executablePath()
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}
