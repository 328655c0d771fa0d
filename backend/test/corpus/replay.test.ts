/**
 * E1, E2, E3: every answer of the corpus through a real gateway, for a model that it passes on and one that it maps, in
 * every form on the wire: the row in the log holds the invoice that was worked out by hand, to the nano-dollar.
 */
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { describe, expect, test } from 'vitest'
import { ask } from '../proxy/live-client.ts'
import { rowsOfSession } from '../proxy/row-of.ts'
import type { Script } from '../support/fake-upstream/answer.ts'
import { handmadeStream } from '../support/fake-upstream/messages.ts'
import { rawAnswer } from '../support/fake-upstream/odd-answers.ts'
import { compressed } from '../support/fake-upstream/rewriting.ts'
import { cutAt, dripped } from '../support/fake-upstream/timing.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'
import { type CorpusAnswer, corpus, linesOf, withCrlf } from './corpus.ts'

const { gateway, upstream, channelId, map } = await startStand()

/** Clients ask for it, and the upstream is asked for the model of the corpus. */
const mappedName = (model: string): string => `house/${model}`
for (const model of new Set(corpus.map(({ invoice }) => invoice.asked)))
  await map({ display_model: mappedName(model), upstream_model: model })

/** What an upstream may make of an answer on the wire; none of it changes what it costs. */
const FORMS: Readonly<Record<string, (answer: CorpusAnswer) => Script>> = {
  plain: asItIs,
  gzip: (answer) => compressed(asItIs(answer), 'gzip'),
  br: (answer) => compressed(asItIs(answer), 'br'),
  zstd: (answer) => compressed(asItIs(answer), 'zstd'),
  pieces: (answer) => dripped(asItIs(answer), [1, 2, 3, 5, 8, 700]),
  crlf: (answer) => asItIs({ ...answer, bytes: answer.isStream ? withCrlf(answer.bytes) : answer.bytes }),
}

function asItIs({ bytes, isStream, invoice }: CorpusAnswer): Script {
  if (!isStream) return rawAnswer(200, { 'content-type': 'application/json' }, bytes)
  const stream = handmadeStream([bytes])
  return invoice.ending === 'cut' ? cutAt(stream, bytes.length) : stream
}

interface Replayed {
  /** Null where the connection broke before anything had arrived, as a compressed stream that is cut may. */
  readonly body: Buffer | null
  readonly row: RequestLogView
}

let sessions = 0

/** Asks for the answer in these forms at once; the upstream reads in a request which one it shall take. */
async function replay(model: string, answer: CorpusAnswer, forms: readonly string[]): Promise<Replayed[]> {
  upstream.answer((request) => {
    const form = FORMS[String(request.json['form'])]
    if (form === undefined) throw new Error('asked in no form')
    return form(answer)
  })
  // Streams that break off are the channel's failures; three at a time never open its breaker.
  await gateway.admin('PUT', `/api/channels/${channelId}/clear`)
  return Promise.all(
    forms.map(async (form) => {
      const session = `corpus-${++sessions}`
      const headers = { 'x-claude-code-session-id': session }
      const body = await ask(gateway, messageFor(model, { stream: answer.isStream, form }), { headers }).then(
        (whole) => whole.body,
        () => null,
      )
      const [row] = await rowsOfSession(gateway, session, 1)
      return { body, row: row as RequestLogView }
    }),
  )
}

const expectedRow = ({ invoice, isStream }: CorpusAnswer) => ({
  upstream_model: invoice.asked,
  answered_model: invoice.answered_model,
  outcome: invoice.outcome,
  stop_reason: invoice.stop_reason,
  streamed: isStream,
  cost_nano_usd: invoice.total_nano_usd,
  cost_estimated: invoice.estimated,
  rate: invoice.rate,
  multiplier: invoice.multiplier,
  lines: invoice.lines,
})

function storedRow(row: RequestLogView) {
  const { upstream_model, answered_model, outcome, stop_reason, streamed, cost_nano_usd, cost_estimated } =
    row
  return {
    ...{ upstream_model, answered_model, outcome, stop_reason, streamed, cost_nano_usd, cost_estimated },
    rate: row.price?.rate,
    multiplier: row.price?.multiplier,
    lines: linesOf(row.price?.lines ?? []),
  }
}

/** What a client reads: whole frames, and where the stream broke off an error of the gateway's own (rule C7). */
function readBy({ body }: Replayed, { invoice }: CorpusAnswer): string | undefined {
  const text = body?.toString('utf8')
  return invoice.outcome === 'truncated' ? text?.replace(/event: error\n.*"api_error".*\n\n$/, '') : text
}

function passedOn({ bytes, invoice }: CorpusAnswer): string {
  const text = bytes.toString('utf8')
  return invoice.ending === 'cut' ? text.slice(0, text.lastIndexOf('\n\n') + 2) : text
}

describe.each(corpus.map((answer) => [answer.name, answer] as const))('%s', (_, answer) => {
  const { invoice } = answer

  test('E3: comes to its invoice in every form', async () => {
    const forms = Object.keys(FORMS)
    const [first, ...others] = await replay(invoice.asked, answer, forms.slice(0, 3))
    const replayed = [first as Replayed, ...others, ...(await replay(invoice.asked, answer, forms.slice(3)))]
    const stored = replayed.map(({ row }, turn) => ({ form: forms[turn], ...storedRow(row) }))
    expect(stored).toEqual(forms.map((form) => ({ form, ...expectedRow(answer) })))
    expect(readBy(first as Replayed, answer)).toBe(passedOn(answer))
  })

  test('B8, B9: comes to the same invoice for a mapped model, and reads as the model that was asked for', async () => {
    const asked = mappedName(invoice.asked)
    const forms = ['plain', 'gzip', 'crlf']
    const replayed = await replay(asked, answer, forms)
    const stored = replayed.map(({ row }, turn) => ({ form: forms[turn], ...storedRow(row) }))
    expect(stored).toEqual(forms.map((form) => ({ form, ...expectedRow(answer) })))
    expect(replayed.map(({ row }) => row.requested_model)).toEqual(forms.map(() => asked))
    // Its own name stands once before all others: in message_start, or at the top of the message.
    const restored = passedOn(answer).replace(/"model":( ?)"[^"]*"/, `"model":$1"${asked}"`)
    expect(readBy(replayed[0] as Replayed, answer)).toBe(restored)
  })
})
