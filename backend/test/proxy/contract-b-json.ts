/** JSON texts as no serialiser would write them, for the byte comparison of contract rule B1. */
import fc from 'fast-check'

/** White space that JSON allows, mostly none. */
export const spacing = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r'), maxLength: 5 }) },
)

/** Numbers that lose something when a parser reads them as doubles. */
const numbers = fc.constantFrom(
  '0',
  '-0',
  '1.0',
  '1e2',
  '1E+02',
  '-0.10',
  '12345678901234567890',
  '9007199254740993',
  '0.1000000000000000055511151231257827',
  '1e400',
  '-1.5e-400',
)

/** What stands between the quotes: escapes of every kind, half characters, and texts that look like members. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\\u0065\\u00e9',
        '\\ud800',
        '\\ud83d\\ude00',
        '\\/',
        '\\"',
        '\\\\',
        '\\\\\\"',
        '\\b\\f\\n\\r\\t',
        '\\u0000',
        '\\"model\\":\\"x\\"',
        ',"model":"x",'.replaceAll('"', '\\"'),
        'model',
        '/* no comment */',
        '{}[]:,',
        '\u2028',
        '\u007f',
        '😀é漢',
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => JSON.stringify(text).slice(1, -1)),
    ),
    { maxLength: 4 },
  )
  .map((parts) => `"${parts.join('')}"`)

const { value } = fc.letrec<{ value: string; array: string; object: string; member: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'json' },
    fc.constantFrom('null', 'true', 'false'),
    numbers,
    texts,
    tie('array'),
    tie('object'),
  ),
  array: fc
    .tuple(
      spacing,
      fc.array(fc.tuple(spacing, tie('value'), spacing), { maxLength: 3, depthIdentifier: 'json' }),
    )
    .map(([inner, items]) => `[${items.map((parts) => parts.join('')).join(',') || inner}]`),
  object: fc
    .tuple(spacing, fc.array(tie('member'), { maxLength: 3, depthIdentifier: 'json' }))
    .map(([inner, members]) => `{${members.join(',') || inner}}`),
  // Deeper down, `model` is a name like any other, and a name may stand twice.
  member: fc
    .tuple(
      spacing,
      fc.oneof(texts, fc.constantFrom('"model"', '"a"')),
      spacing,
      spacing,
      tie('value'),
      spacing,
    )
    .map(([before, name, afterName, beforeValue, inner, after]) =>
      [before, name, afterName, ':', beforeValue, inner, after].join(''),
    ),
}))

/** Any JSON value, as text. */
export const jsonValue = value

/** A top-level member of any name but the model's; `stream` stays away, so that answers are plain. */
const topMember = fc
  .tuple(spacing, texts, spacing, spacing, value, spacing)
  .filter(([, name]) => !['model', 'stream'].includes((JSON.parse(name) as string).toLowerCase()))
  .map(([before, name, afterName, beforeValue, inner, after]) =>
    [before, name, afterName, ':', beforeValue, inner, after].join(''),
  )

const modelName = fc.constantFrom('"model"', '"model"', '"mod\\u0065l"', '"\\u006dodel"')

/** A message request's text up to the model's value, and from there on. */
export const objectAround = fc
  .record({
    outer: spacing,
    first: fc.array(topMember, { maxLength: 4 }),
    last: fc.array(topMember, { maxLength: 4 }),
    name: modelName,
    gaps: fc.tuple(spacing, spacing, spacing, spacing),
  })
  .map(({ outer, first, last, name, gaps: [a, b, c, d] }) => ({
    before: `${outer}{${first.map((member) => `${member},`).join('')}${a}${name}${b}:${c}`,
    after: `${d}${last.map((member) => `,${member}`).join('')}}${outer}`,
  }))
