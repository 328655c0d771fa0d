/** What becomes of those who wait for a session that has ended. */
import { authEndpoints, type SessionView } from '@claude-gateway/contract/auth.ts'
import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { keyOf } from '../api/use-endpoint.ts'
import { sessionEnd } from './session.tsx'

const KEY = keyOf(authEndpoints.session, {})
const of = (username: string): SessionView => ({
  signed_in: true,
  username,
  method: 'session',
  setup_needed: false,
})

function signedInAs(username: string) {
  const queries = new QueryClient()
  const end = sessionEnd(queries)
  const signIn = (name: string) => queries.setQueryData(KEY, of(name))
  signIn(username)
  return { queries, end, signIn }
}

test('an end is seen at once; all who wait are told when the same operator is in again', async () => {
  const { queries, end, signIn } = signedInAs('ada')
  const waiting = [end(), end()]
  expect(queries.getQueryData(KEY)).toMatchObject({ signed_in: false, username: null })
  signIn('ada')
  expect(await Promise.all(waiting)).toEqual([true, true])
})

test('of somebody else who comes in nobody is to send anything', async () => {
  const { end, signIn } = signedInAs('ada')
  const waiting = end()
  signIn('bob')
  expect(await waiting).toBe(false)
  const next = end()
  signIn('bob')
  expect(await next).toBe(true)
})

test('reading anew that it has ended tells nobody anything', async () => {
  const { queries, end, signIn } = signedInAs('ada')
  const told: boolean[] = []
  const waiting = end().then((isSame) => told.push(isSame))
  queries.setQueryData(KEY, { ...of('ada'), signed_in: false, username: null, method: null })
  await Promise.resolve()
  expect(told).toEqual([])
  signIn('ada')
  await waiting
  expect(told).toEqual([true])
})
