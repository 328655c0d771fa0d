/** Sends a message through the gateway as a client does, and keeps what arrives. */
import { useRef, useState } from 'react'
import { z } from 'zod'
import { type Answer, errorSchema, NO_ANSWER, withEvent } from './answer-state.ts'
import { bodyOf, headersOf, type QuestionValues } from './question.ts'
import { sseData } from './sse-data.ts'

export interface Exchange {
  readonly state: 'under_way' | 'over' | 'stopped'
  readonly answer: Answer
  /** The HTTP status; null while there is none. */
  readonly status: number | null
  /** By which the log knows the request. */
  readonly requestId: string | null
  /** Milliseconds since it was sent, as this browser saw it. */
  readonly firstContentMs: number | null
  readonly wholeMs: number | null
}

const BEGUN: Exchange = {
  state: 'under_way',
  answer: NO_ANSWER,
  status: null,
  requestId: null,
  firstContentMs: null,
  wholeMs: null,
}

const failureSchema = z.object({ error: errorSchema })

/** What a refused request says of itself. */
async function refusalOf(response: Response): Promise<Answer> {
  const body: unknown = await response.json().catch(() => null)
  const error = failureSchema.safeParse(body).data?.error ?? {
    type: 'http_error',
    message: response.statusText,
  }
  return { ...NO_ANSWER, error }
}

type Note = (change: Partial<Exchange>) => void

async function follow(response: Response, since: number, note: Note): Promise<void> {
  note({ status: response.status, requestId: response.headers.get('x-gateway-request-id') })
  if (!response.ok || response.body === null) return note({ answer: await refusalOf(response) })
  let answer = NO_ANSWER
  let isFirst = true
  for await (const data of sseData(response.body as ReadableStream<Uint8Array<ArrayBuffer>>)) {
    answer = withEvent(answer, data)
    if (isFirst && answer.blocks.length > 0) {
      isFirst = false
      note({ firstContentMs: performance.now() - since })
    }
    note({ answer })
  }
}

export function usePlayground() {
  const [exchange, setExchange] = useState<Exchange | null>(null)
  const leaving = useRef<AbortController | null>(null)
  const send = async (values: QuestionValues, secret: string): Promise<void> => {
    leaving.current?.abort()
    const leave = new AbortController()
    leaving.current = leave
    const since = performance.now()
    const note: Note = (change) =>
      setExchange((before) => (leaving.current === leave ? { ...(before ?? BEGUN), ...change } : before))
    setExchange(BEGUN)
    try {
      const request = { method: 'POST', headers: headersOf(secret, values.channel_id), body: bodyOf(values) }
      const response = await fetch('/v1/messages', { ...request, credentials: 'omit', signal: leave.signal })
      await follow(response, since, note)
      note({ state: 'over' })
    } catch (cause) {
      if (leave.signal.aborted) note({ state: 'stopped' })
      else
        note({
          state: 'over',
          answer: { ...NO_ANSWER, error: { type: 'gateway_unreachable', message: String(cause) } },
        })
    } finally {
      note({ wholeMs: performance.now() - since })
    }
  }
  return { exchange, send, stop: () => leaving.current?.abort() }
}
