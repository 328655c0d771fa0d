import { inEnglish } from '@claude-gateway/contract/reason-english.ts'
import { describe, expect, test } from 'vitest'
import { channelOf } from '../../test/support/channel.ts'
import { FAILURES } from '../failures.ts'
import type { LeftOut, LeftOutReason } from './route.ts'
import { refusalFor } from './route-refusal.ts'

const NOW = Date.UTC(2026, 10, 22, 12)

let nextId = 1
const out = (reason: LeftOutReason, inSeconds: number | null = null): LeftOut => ({
  channelId: nextId++,
  reason,
  detail: null,
  untilMs: inSeconds === null ? null : NOW + inSeconds * 1000,
})
const refuse = (...leftOut: LeftOut[]) => refusalFor({ candidates: [], leftOut }, 'claude-sonnet-5', NOW)

describe('D3: with no candidate the answer is instant and says why', () => {
  test.each([
    ['no channels', [], 'no_channel', null],
    ['all switched off', [out('disabled'), out('disabled')], 'no_channel', null],
    ['none serves the model', [out('model_not_served'), out('disabled')], 'model_not_served', null],
    ['none has the model', [out('model_missing', 3600)], 'model_not_served', null],
    ['all limited', [out('limited', 90), out('limited', 30)], 'all_channels_limited', 30],
    ['limited, others off', [out('limited', 90), out('disabled')], 'all_channels_limited', 90],
    [
      'limited, others refused',
      [out('limited', 90), out('credential_refused', 10)],
      'all_channels_limited',
      90,
    ],
    ['broken and limited', [out('breaker_open', 20), out('limited', 90)], 'no_channel_available', 20],
    ['one is being tested', [out('probing')], 'no_channel_available', 1],
    ['tested and broken', [out('probing'), out('breaker_open', 20)], 'no_channel_available', 20],
    ['credentials refused', [out('credential_refused', 900)], 'channel_credentials_refused', null],
    ['out of credit', [out('out_of_credit', 900)], 'channel_credentials_refused', null],
    ['paused', [out('paused', 900), out('model_not_served')], 'no_channel', null],
    ['none counts tokens', [out('no_count_tokens'), out('disabled')], 'not_supported', null],
  ] as const)('%s', (_, leftOut, code, retryAfterSeconds) => {
    expect(refuse(...leftOut)).toMatchObject({ code, retryAfterSeconds })
  })

  test('where there is a candidate there is no refusal', () => {
    const candidates = [
      { channel: channelOf({ id: 1 }), upstreamModel: 'm', isWarm: false, last: 'limited' as const },
    ]
    expect(refusalFor({ candidates, leftOut: [out('limited', 5)] }, 'm', NOW)).toBeNull()
  })

  test('a time is whole seconds, and never none', () => {
    expect(refuse(out('limited', 0.001))?.retryAfterSeconds).toBe(1)
    expect(refuse(out('limited', 29.2))?.retryAfterSeconds).toBe(30)
    expect(refuse(out('limited', -5))?.retryAfterSeconds).toBe(1)
  })

  test('the reasons are counted by kind, in grammatical words', () => {
    const refusal = refuse(
      out('limited', 40),
      out('limited', 60),
      out('breaker_open', 30),
      out('breaker_open', 30),
      out('credential_refused', 900),
      out('out_of_credit', 900),
      out('out_of_credit', 900),
      out('disabled'),
      out('model_not_served'),
    )
    expect(refusal && inEnglish(refusal.reason)).toBe(
      'No channel can take this request at present: 2 are rate limited, 2 failed too often and are left alone, ' +
        '1 refused our credential, 2 are out of credit or over their spend limit. Try again in 30 s.',
    )
  })

  test('D7: no name and no address of a channel, and no words of an upstream, reach the client', () => {
    const leftOut = [{ ...out('limited', 5), detail: 'acme-relay: organisation 1234 is limited' }]
    const refusal = refuse(...leftOut)
    expect(refusal && inEnglish(refusal.reason)).toBe(
      'No channel can take this request at present: 1 is rate limited. Try again in 5 s.',
    )
  })

  test('D7: our own credentials’ trouble is never a 401, 402 or 403', () => {
    for (const reason of ['credential_refused', 'out_of_credit'] as const) {
      const refusal = refuse(out(reason, 60))
      expect(refusal && FAILURES[refusal.code].status).toBe(502)
    }
  })
})
