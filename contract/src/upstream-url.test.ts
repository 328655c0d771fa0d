import { describe, expect, test } from 'vitest'
import { messagesUrl, upstreamTarget } from './upstream-url.ts'

const A = 'https://api.anthropic.com/v1/messages'

describe('B6: base_url joins in every form people paste', () => {
  test.each([
    ['https://api.anthropic.com', A],
    ['https://api.anthropic.com/', A],
    ['https://api.anthropic.com//', A],
    ['  https://api.anthropic.com ', A],
    ['https://api.anthropic.com/v1', A],
    ['https://api.anthropic.com/v1/', A],
    ['https://api.anthropic.com/v1/v1', A],
    ['https://api.anthropic.com/v1/messages', A],
    ['https://api.anthropic.com/v1/messages/', A],
    ['https://api.anthropic.com/v1/messages/count_tokens', A],
    ['https://api.anthropic.com/v1/models', A],
    ['https://api.anthropic.com/v1/complete', A],
    ['https://api.anthropic.com:443/v1', A],
    ['HTTPS://API.Anthropic.com/v1', A],
    ['https://api.anthropic.com/v1#fragment', A],
    ['https://relay.example/claude', 'https://relay.example/claude/v1/messages'],
    ['https://relay.example/claude/', 'https://relay.example/claude/v1/messages'],
    ['https://relay.example/claude/v1', 'https://relay.example/claude/v1/messages'],
    ['https://relay.example/api/v1/messages', 'https://relay.example/api/v1/messages'],
    ['https://relay.example/anthropic', 'https://relay.example/anthropic/v1/messages'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000/v1/messages'],
    ['http://[::1]:3000/x', 'http://[::1]:3000/x/v1/messages'],
    ['https://relay.example/v1beta', 'https://relay.example/v1beta/v1/messages'],
    ['https://relay.example/my-v1', 'https://relay.example/my-v1/v1/messages'],
    ['https://relay.example/messages', 'https://relay.example/messages/v1/messages'],
    ['https://relay.example/v1/messages?beta=true', 'https://relay.example/v1/messages?beta=true'],
    ['https://relay.example?tenant=a%20b', 'https://relay.example/v1/messages?tenant=a+b'],
    ['https://relay.example/a%2Fb', 'https://relay.example/a%2Fb/v1/messages'],
  ])('%s', (base, url) => {
    expect(messagesUrl(base)).toBe(url)
  })

  test('A1: the client’s query is forwarded as it came', () => {
    expect(upstreamTarget('https://a.example', '/messages', 'beta=true&x=%7E+').path).toBe(
      '/v1/messages?beta=true&x=%7E+',
    )
  })

  test('a base’s own query is added, and the client’s parameter wins over it', () => {
    expect(upstreamTarget('https://a.example?beta=false&t=1', '/messages', 'beta=true').path).toBe(
      '/v1/messages?t=1&beta=true',
    )
  })

  test('other endpoints join alike', () => {
    expect(upstreamTarget('https://a.example/v1/messages', '/messages/count_tokens', '').path).toBe(
      '/v1/messages/count_tokens',
    )
  })
})
