/** A real headless Chromium, from npm alone. */
import bundled from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

// A test machine has no sandbox to offer to root, and the browser is to talk to nobody but the gateway.
const FLAGS = ['--no-sandbox', '--disable-background-networking', '--disable-dev-shm-usage']

/** Whoever launches it closes it. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await bundled.executablePath(), args: FLAGS })
}
