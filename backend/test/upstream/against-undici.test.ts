/** Our own HTTP client against undici, on real sockets: the same bytes, read by both, must come to the same. */
import fc from 'fast-check'
import { Agent, type Dispatcher } from 'undici'
import { afterAll, expect, test } from 'vitest'
import { createConnections } from '../../src/upstream/connections.ts'
import { send } from '../../src/upstream/exchange.ts'
import { cutUp } from '../support/cut-up.ts'
import { anyCase, anyKeptAnswers, type Case } from './any-answer.ts'
import { type Outcome, startScriptedUpstream } from './scripted-upstream.ts'

const upstream = await startScriptedUpstream()
const agent = new Agent({ allowH2: false, headersTimeout: 0, bodyTimeout: 0 })
const connections = createConnections()
const way = connections.through({ proxyUrl: null, connectTimeoutMs: null })
afterAll(async () => {
  await agent.destroy()
  await connections.close()
  await upstream.close()
})

const REQUEST = {
  origin: upstream.origin,
  path: '/v1/messages',
  method: 'POST',
  headers: ['accept', '*/*'],
  body: Buffer.from('{}'),
} as const

const nothing = (): Outcome => ({ status: 0, rawHeaders: [], body: '', ending: 'fail' })

function throughUndici(): Promise<Outcome> {
  const seen = nothing()
  return new Promise((resolve) => {
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => undefined,
      onResponseStart: ({ rawHeaders }, status) => {
        if (status < 200) return
        const texts = ((rawHeaders ?? []) as readonly (Buffer | string)[]).map((part) =>
          part.toString('latin1'),
        )
        // undici leaves the white space behind a value.
        Object.assign(seen, { status, rawHeaders: texts.map((text) => text.replace(/[\t ]+$/, '')) })
      },
      onResponseData: (_, chunk) => {
        seen.body += chunk.toString('latin1')
      },
      onResponseEnd: () => resolve({ ...seen, ending: 'end' }),
      onResponseError: () => resolve(seen),
    }
    agent.dispatch({ ...REQUEST, headers: [...REQUEST.headers] }, handler)
  })
}

function throughOurs(): Promise<Outcome> {
  const seen = nothing()
  return new Promise((resolve) => {
    send(
      way,
      { ...REQUEST, headers: [...REQUEST.headers] },
      {
        head: ({ status, rawHeaders }) => Object.assign(seen, { status, rawHeaders: [...rawHeaders] }),
        data: (chunk) => {
          seen.body += chunk.toString('latin1')
        },
        end: () => resolve({ ...seen, ending: 'end' }),
        fail: () => resolve(seen),
      },
    )
  })
}

async function both({ text, cuts, afterwards }: Case) {
  upstream.script = { writes: cutUp(Buffer.from(asUndiciTakesIt(text), 'latin1'), cuts), afterwards }
  const undici = await throughUndici()
  upstream.script = { writes: cutUp(Buffer.from(text, 'latin1'), cuts), afterwards }
  return { undici, ours: await throughOurs() }
}

/** The head that counts, less interim ones. */
const headOf = (text: string): string => {
  const start = text.replace(INTERIM, '')
  return start.slice(0, start.indexOf('\r\n\r\n') + 2)
}
const INTERIM = /^HTTP\/1\.1 10[023] [^\r]*\r\n(?:link: <\/x>\r\n)?\r\n/

/** What undici takes and we refuse. */
const STRICTER: Readonly<Record<string, (made: Case) => boolean>> = {
  'a coding besides chunked, or chunked twice: nothing but identity was asked for': ({ text }) =>
    /\r\ntransfer-encoding: (?!chunked\r\n)|(?:\r\ntransfer-encoding: [\s\S]*){2}/.test(headOf(text)),
  'chunks under HTTP/1.0, which does not know them: RFC 9112 section 6.1': ({ text }) =>
    /^HTTP\/1\.0 [\s\S]*\r\ntransfer-encoding:/.test(headOf(text)),
  'versions that are not HTTP/1.1 or HTTP/1.0': ({ text }) => /^HTTP\/(?!1\.[01])/.test(headOf(text)),
  'a control character in the reason phrase': ({ text }) => /^[^\r]*\0/.test(headOf(text)),
  'a body without a length, cut off by a reset: it may not be whole': ({ text, afterwards }) =>
    afterwards === 'reset' &&
    !/^HTTP\/1\.1 (?:204|304)/.test(headOf(text)) &&
    !/\r\n(?:content-length|transfer-encoding):/.test(headOf(text)),
}

/** What undici refuses and we take, with the text that undici takes for the same. */
const LENIENT: Readonly<Record<string, (text: string) => string>> = {
  'an interim 100: RFC 9110 section 15.2 wants it passed over although nobody waited for it': (text) =>
    text.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, ''),
  'a space before the name of an extension: RFC 9112 section 7.1.1': (text) =>
    text.replaceAll('5; ext\r\n', '5;ext\r\n'),
}

const asUndiciTakesIt = (text: string): string =>
  Object.values(LENIENT).reduce((plain, change) => change(plain), text)

test('any answer, valid or damaged, comes to the same', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(anyCase, async (made) => {
      const { undici, ours } = await both(made)
      if (Object.values(STRICTER).some((applies) => applies(made))) expect(ours.ending).toBe('fail')
      // What was still on its way is lost with a reset, and how much that is, is chance.
      else if (made.afterwards === 'reset') expectSameAsFarAsItCame(ours, undici)
      else expect(ours).toEqual(undici)
    }),
    { numRuns: Number(process.env['DIFFERENTIAL_RUNS'] ?? 1500) },
  )
})

/** Behind some comes what nobody asked for, with the answer or later: it is never taken for the next answer. */
test('answers one after the other, on connections that are kept, come to the same', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(anyKeptAnswers, async (answers) => {
      for (const made of answers) {
        const { undici, ours } = await both(made)
        expect(ours).toEqual(undici)
        expect([ours.ending, ours.body.includes('poison')]).toEqual(['end', false])
      }
    }),
    { numRuns: Number(process.env['DIFFERENTIAL_RUNS'] ?? 1500) / 5 },
  )
})

function expectSameAsFarAsItCame(ours: Outcome, undici: Outcome): void {
  if (ours.ending === 'end' && undici.ending === 'end') expect(ours).toEqual(undici)
  if (ours.status === 0 || undici.status === 0) return
  expect([ours.status, ours.rawHeaders]).toEqual([undici.status, undici.rawHeaders])
  const [short, long] = [ours.body, undici.body].toSorted((a, b) => a.length - b.length) as [string, string]
  expect(long.startsWith(short)).toBe(true)
}
