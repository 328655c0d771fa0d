import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCount, readFamiliar, readString, scanObject } from './json-scan.ts'

function members(text: string | Buffer): [string, string][] | null {
  const bytes = Buffer.from(text)
  const found: [string, string][] = []
  const valid = scanObject(bytes, (name, start, end) =>
    found.push([name, bytes.toString('utf8', start, end)]),
  )
  return valid ? found : null
}

describe('scanning the members of an object', () => {
  test('finds names and the exact bytes of the values', () => {
    expect(members(' {"a" : 1 ,\n"b":"x\\"y", "c":{"a":[1,{"a":"}"}]},"d":null , "e":-1.5E+3}\r\n')).toEqual([
      ['a', '1'],
      ['b', '"x\\"y"'],
      ['c', '{"a":[1,{"a":"}"}]}'],
      ['d', 'null'],
      ['e', '-1.5E+3'],
    ])
    expect(members('{}')).toEqual([])
    expect(members('{ }')).toEqual([])
  })

  test('reads an escaped name as the upstream’s parser would', () => {
    expect(members('{"mod\\u0065l":"x"}')).toEqual([['model', '"x"']])
  })

  test('keeps backslashes and quotes at the end of strings apart', () => {
    expect(members('{"a":"\\\\","b":"\\\\\\"","c":1}')).toEqual([
      ['a', '"\\\\"'],
      ['b', '"\\\\\\""'],
      ['c', '1'],
    ])
  })

  test.each([
    '',
    'null',
    '[]',
    '"x"',
    '{',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,}',
    '{,}',
    '{"a":1}x',
    '{"a":1 "b":2}',
    '{a:1}',
    "{'a':1}",
    '{"a":01}',
    '{"a":nul}',
    '{"a":1.}',
    '{"a":"x}',
    '{"a":[1}',
    '{"a":/**/1}',
    '{"a":[/*"*/],"model":"dear"/*"],"model":"cheap"*/]}',
    '\ufeff{"a":1}',
    '{"\\x":1}',
  ])('refuses what is no object: %s', (text) => {
    expect(members(text)).toBeNull()
  })

  test('agrees with JSON.parse on every object, whatever its spacing', () => {
    const spacing = fc.constantFrom(0, 1, 2, '\t', '\n \r')
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()),
        spacing,
        (object, space) => {
          const found = members(JSON.stringify(object, null, space))
          const parsed = found?.map(([name, value]) => [name, JSON.parse(value)])
          expect(parsed).toEqual(Object.entries(JSON.parse(JSON.stringify(object))))
        },
      ),
    )
  })

  test('never throws and never sees members outside the text, whatever the bytes', () => {
    const junk = fc.string({ unit: fc.constantFrom(...'{}[]",:\\ \n1aet-/\u0000é'), maxLength: 40 })
    fc.assert(
      fc.property(junk, (text) => {
        const found = members(text)
        let parsed: unknown
        try {
          parsed = JSON.parse(text)
        } catch {
          return
        }
        if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) expect(found).toBeNull()
        else expect(new Set(found?.map(([name]) => name))).toEqual(new Set(Object.keys(parsed)))
      }),
      { numRuns: 2000 },
    )
  })
})

test('a string value is read with its escapes, and nothing else is taken for one', () => {
  const read = (text: string) => readString(Buffer.from(text), 0, Buffer.byteLength(text))
  expect(read('"a\\u00e9\\n"')).toBe('aé\n')
  expect(read('12')).toBeNull()
  expect(read('"\\q"')).toBeNull()
})

test('a text that comes again is read as it was the first time, whatever came in between', () => {
  const anyText = fc.string({ unit: fc.constantFrom('a', 'b', '\\', '"', 'é', '€', '\u0001'), maxLength: 50 })
  const anyBytes = fc.oneof(
    anyText.map((text) => Buffer.from(JSON.stringify(text))),
    anyText.map((text) => Buffer.from(`"${text}"`, 'latin1')),
    fc.constantFrom('claude-sonnet-5', '"', '', '12', 'true', '{}').map((text) => Buffer.from(text)),
  )
  fc.assert(
    fc.property(fc.array(anyBytes, { minLength: 1, maxLength: 20 }), (all) => {
      for (const bytes of [...all, ...all])
        expect(readFamiliar(bytes, 0, bytes.length)).toBe(readString(bytes, 0, bytes.length))
    }),
  )
})

test('a count is a whole number of at most nine digits', () => {
  const read = (text: string) => readCount(Buffer.from(text), 0, text.length)
  const anyValue = fc.oneof(fc.nat(), fc.maxSafeInteger(), fc.double()).map((value) => JSON.stringify(value))
  fc.assert(
    fc.property(anyValue, (text) => {
      expect(read(text)).toBe(/^\d{1,9}$/.test(text) ? Number(text) : null)
    }),
  )
  for (const text of ['', '"5"', '-1', '1.0', '1e3', 'null', '1000000000']) expect(read(text)).toBeNull()
  expect(read('999999999')).toBe(999_999_999)
})
