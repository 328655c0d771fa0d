/** The small pure rules of the admin plane, as tables of cases. */
import { expect, test } from 'vitest'
import { csvLine } from '../../src/admin/csv.ts'
import { exactUsd } from '../../src/admin/exact-usd.ts'
import { hashPassword, unmatchableHash, verifyPassword } from '../../src/admin/password.ts'
import { isMasked, maskProxyUrl, secretHint } from '../../src/admin/secret-hint.ts'
import { addressGroup, createSignInAttempts } from '../../src/admin/sign-in-attempts.ts'

test.each([
  ['sk-ant-api03-abcdefgh-9f2a', 'sk-…9f2a'],
  ['0123456789abcdef', '012…cdef'],
  ['0123456789abcde', '…de'],
  ['01234567', '…67'],
  ['0123456', '…'],
  ['x', '…'],
])('of the secret %s is shown %s', (secret, hint) => {
  expect(secretHint(secret)).toBe(hint)
})

test.each([
  ['http://127.0.0.1:3128', 'http://127.0.0.1:3128', false],
  ['http://ada@proxy:3128/', 'http://ada@proxy:3128/', false],
  ['http://ada:p%40ss@proxy:3128', 'http://ada:***@proxy:3128/', true],
  ['https://:secret@proxy', 'https://:***@proxy/', true],
])('the proxy %s is shown as %s', (proxyUrl, shown, masked) => {
  expect(maskProxyUrl(proxyUrl)).toBe(shown)
  expect(isMasked(shown)).toBe(masked)
})

test.each([
  [0, '0'],
  [1, '0.000000001'],
  [600_000, '0.0006'],
  [1_000_000_000, '1'],
  [1_234_500_000_000, '1234.5'],
  [-1_500_000_000, '-1.5'],
  [-1, '-0.000000001'],
  [Number.MAX_SAFE_INTEGER, '9007199.254740991'],
])('%d nano-dollars are exactly %s dollars', (nano, usd) => {
  expect(exactUsd(nano)).toBe(usd)
})

test.each([
  [[1, -2, 0.5], '1,-2,0.5\r\n'],
  [['-2', '=x', 'a=b', ''], "'-2,'=x,a=b,\r\n"],
  [[null, true, false], ',true,false\r\n'],
  [['a,b', 'say "hi"', 'two\nlines'], '"a,b","say ""hi""","two\nlines"\r\n'],
  [['=HYPERLINK("x","y")'], '"\'=HYPERLINK(""x"",""y"")"\r\n'],
])('the cells %j become the line %j', (cells, line) => {
  expect(csvLine(cells)).toBe(line)
})

test('a password matches its own hash only, and no two hashes are the same', async () => {
  const [one, other] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')])
  expect(one).not.toBe(other)
  expect(await verifyPassword('correct horse', one)).toBe(true)
  expect(await verifyPassword('correct horsE', one)).toBe(false)
  expect(await verifyPassword('correct horse', unmatchableHash())).toBe(false)
})

test('a password counts by its characters, not by how a keyboard composes them', async () => {
  expect(await verifyPassword('cafe\u0301 at noon', await hashPassword('caf\u00e9 at noon'))).toBe(true)
})

test('a hash carries its parameters, so that old ones stay valid when the cost is raised', async () => {
  // Made by the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1
  const older = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
  expect(await verifyPassword('password', older)).toBe(true)
  expect(await verifyPassword('Password', older)).toBe(false)
})

test('a hash of an unknown form is an error, never a match', async () => {
  await expect(verifyPassword('x', 'plain text')).rejects.toThrow('no form that we know')
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('sign-ins from %s are counted for %s', (address, group) => {
  expect(addressGroup(address)).toBe(group)
})

test('the limit slides: each failure is forgotten 15 minutes after it', () => {
  const attempts = createSignInAttempts()
  const minute = 60_000
  for (let i = 0; i < 10; i++) expect(attempts.begin(['name ada'], i * minute)).toBe(0)
  expect(attempts.begin(['name ada'], 10 * minute)).toBe(5 * minute)
  expect(attempts.begin(['name ada'], 15 * minute)).toBe(0)
  expect(attempts.begin(['name ada'], 15 * minute)).toBe(minute)
  expect(attempts.begin(['name eve'], 15 * minute)).toBe(0)
})
