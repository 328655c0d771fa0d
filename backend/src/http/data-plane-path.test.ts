import { describe, expect, test } from 'vitest'
import { dataPlanePath } from './data-plane-path.ts'

describe('A2: the forms in which clients send a path', () => {
  test.each([
    ['/v1/messages', 'messages'],
    ['/v1/v1/messages', 'messages'],
    ['/anthropic/v1/messages', 'messages'],
    ['/api/v1/messages', 'messages'],
    ['/api/v1/v1/messages/', 'messages'],
    ['//v1/messages', 'messages'],
    ['/v1/messages/count_tokens', 'count_tokens'],
    ['/anthropic/v1/messages/count_tokens', 'count_tokens'],
    ['/v1/models', 'models'],
    ['/v1', 'unknown'],
    ['/v1/complete', 'unknown'],
    ['/v1/messages/batches', 'unknown'],
  ])('%s is %s', (path, kind) => {
    expect(dataPlanePath(path)?.kind).toBe(kind)
  })

  test('a model is named by one segment', () => {
    expect(dataPlanePath('/v1/models/claude-sonnet-5')).toEqual({ kind: 'models', id: 'claude-sonnet-5' })
    expect(dataPlanePath('/v1/models/a%5Bb')).toEqual({ kind: 'models', id: 'a[b' })
    expect(dataPlanePath('/v1/models/a/b')?.kind).toBe('unknown')
  })

  test.each([
    '/',
    '/api/channels',
    '/api/v1x',
    '/v2/messages',
    '/v1beta/messages',
    '/healthz',
    '/assets/v1/x',
  ])('%s is not the data plane’s', (path) => {
    expect(dataPlanePath(path)).toBeNull()
  })
})

test.each([
  '/v1/../api/channels',
  '/v1/./messages',
  '/v1/%2e%2e/api',
  '/v1/.%2E/api',
  '/v1%2Fmessages',
  '/v1\\messages',
  '/v1/%5cmessages',
  '/..',
])('A7: %s is refused before any prefix is looked at', (path) => {
  expect(dataPlanePath(path)).toEqual({ kind: 'malformed' })
})
