import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FamiliarTexts } from './familiar-texts.ts'

test('what is found is what stands in the bytes, whatever was kept before', () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'é', 'n'), maxLength: 50 }), {
    minLength: 1,
    maxLength: 40,
  })
  fc.assert(
    fc.property(texts, (all) => {
      const familiar = new FamiliarTexts()
      for (const text of all) {
        familiar.keep(text)
        for (const one of all) {
          const bytes = Buffer.from(`"${one}"`, 'latin1')
          expect([undefined, one]).toContain(familiar.find(bytes, 1, bytes.length - 1))
        }
        const bytes = Buffer.from(text, 'latin1')
        const isKept = text.length > 0 && text.length <= 48
        expect(familiar.find(bytes, 0, bytes.length)).toBe(isKept ? text : undefined)
      }
    }),
  )
})
