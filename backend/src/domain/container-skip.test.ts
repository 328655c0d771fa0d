/** The vector scan accepts, refuses and finds exactly what the plain one does, and is what its source says. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import createWabt from 'wabt'
import { whileLoaded } from './container-skip.ts'
import { MODULE } from './container-skip-module.ts'
import { scanObject } from './json-scan.ts'

const LONG = 9000

function membersOf(bytes: Buffer): [string, number, number][] | null {
  const found: [string, number, number][] = []
  return scanObject(bytes, (name, start, end) => found.push([name, start, end])) ? found : null
}

/** What both scans make of a text: [plain, vector]. */
function both(bytes: Buffer) {
  const plain = membersOf(bytes)
  const half = bytes.length >> 1
  const pieces = [bytes.subarray(0, half), bytes.subarray(half)]
  const { vector, mayHaveHour } = whileLoaded(
    { pieces, length: bytes.length, whole: () => bytes },
    (text, mayHave) => ({ vector: membersOf(text), mayHaveHour: mayHave() }),
  )
  return { plain, vector, mayHaveHour }
}

const padding = JSON.stringify('x'.repeat(LONG))

test('the module is what its source says', async () => {
  const source = readFileSync(new URL('container-skip.wat', import.meta.url), 'utf8')
  const wabt = await createWabt()
  const { buffer } = wabt.parseWat('container-skip.wat', source, { simd: true }).toBinary({})
  expect(MODULE).toBe(Buffer.from(buffer).toString('base64'))
})

test('any JSON object is read alike', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 6 })),
      fc.nat(40),
      (object, space) => {
        const { pad: _pad, ...rest } = object
        const bytes = Buffer.from(JSON.stringify({ ...rest, pad: [[padding]] }, null, space % 3))
        const { plain, vector } = both(bytes)
        expect(plain).not.toBeNull()
        expect(vector).toEqual(plain)
      },
    ),
    { numRuns: 300 },
  )
})

test('any bytes, broken ones included, are accepted or refused alike', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    '\\',
    '\\"',
    '\\\\',
    ',',
    ':',
    '1',
    'true',
    ' ',
    '\n',
    '/',
    "'",
    'é',
    '\u0000',
    '"a":',
    '"1h"',
    'x',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.array(piece, { maxLength: 60 }), (before, after) => {
      const bytes = Buffer.from(`{"a":[${before.join('')}${padding}${after.join('')}],"b":{}}`)
      const { plain, vector } = both(bytes)
      expect(vector).toEqual(plain)
    }),
    { numRuns: 3000 },
  )
})

test('a text that ends anywhere within a vector is not read past its end', () => {
  const whole = Buffer.from(`{"a":[${padding},{"b":"\\\\\\"c"}],"d":1}`)
  for (let end = whole.length - 40; end <= whole.length; end++) {
    // What the module's memory holds behind a text is an older one, whose quotes and braces must not count.
    both(Buffer.from(`{"a":["${'"}]'.repeat(LONG)}`))
    const { plain, vector } = both(Buffer.from(whole.subarray(0, end)))
    expect(vector).toEqual(plain)
  }
})

test('the string "1h" is noticed as a value, not as a part of another', () => {
  const holding = (value: unknown) => both(Buffer.from(JSON.stringify({ a: [padding, value] }))).mayHaveHour
  expect(holding({ ttl: '1h' })).toBe(true)
  expect(holding('say "1h"')).toBe(false)
  expect(holding('1h later')).toBe(false)
})

test('texts that grow and shrink are all read whole', () => {
  for (const length of [LONG, 200_000, 9000, 3_000_000, 70_000, 5_000_000]) {
    const bytes = Buffer.from(JSON.stringify({ a: ['y'.repeat(length)], model: 'm' }))
    const { plain, vector } = both(bytes)
    expect(vector).toEqual(plain)
    expect(vector).toHaveLength(2)
  }
})
