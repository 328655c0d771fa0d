/** What V8 compiled for a gateway's requests outlives its rests, over all of which no request is there. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** Compiles code for objects of one shape, lets go of all of them, and collects as often as a long rest would. */
const REST = `
  const read = (object) => object.added
  class Base {}
  const make = (added) => { const object = new Base(); object.added = added; return object }
  let sum = 0
  for (let index = 0; index < 200_000; index++) sum += read(make(index))
  await new Promise((resolve) => setTimeout(resolve, 200))
  for (let count = 0; count < 10; count++) await gc({ type: 'major', execution: 'async' })
`
const TUNED = `const { tuneV8 } = await import(${JSON.stringify(new URL('../../src/tune-v8.ts', import.meta.url))}); tuneV8();`

async function thrownAway(script: string): Promise<number> {
  const options = ['--expose-gc', '--trace-deopt', '--no-warnings', '--input-type=module', '-e', script]
  const { stdout } = await promisify(execFile)(process.execPath, options)
  return stdout.split('marking dependent code').length - 1
}

test('code compiled for a shape stays while no object of it is there', async () => {
  // Without it V8 throws the code away, or this would prove nothing.
  expect(await thrownAway(REST)).toBeGreaterThan(0)
  expect(await thrownAway(TUNED + REST)).toBe(0)
})
