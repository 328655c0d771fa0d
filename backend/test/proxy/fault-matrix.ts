/** One cell of the fault matrix: a faulty channel, alone or before a healthy one, one request, and what all sides say. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import type { ChannelHealthView } from '@claude-gateway/contract/channel-health.ts'
import { expect } from 'vitest'
import type { FailureCode } from '../../src/failures.ts'
import { FAILURES } from '../../src/failures.ts'
import { message } from '../support/fake-upstream/messages.ts'
import type { RecordedRequest } from '../support/fake-upstream/recorded-request.ts'
import { messageFor } from '../support/gateway.ts'
import type { Stand } from '../support/stand.ts'
import { type Explained, MODEL } from './channels-of.ts'
import { channelOf, layRoute, type Stop } from './lay-route.ts'
import { ask, type LiveAnswer } from './live-client.ts'
import { rowOf } from './row-of.ts'

const [FAULTY, HEALTHY] = ['faulty', 'healthy']

/** What the client gets where nothing better is left. */
type ClientGets =
  /** The upstream's answer with its status, byte for byte (C3). */
  | { readonly passed: number; readonly headers?: Readonly<Record<string, string | undefined>> }
  /** The error that the upstream hid under 200, plain, with the status of its type. */
  | { readonly unwrapped: number }
  /** An error of our own (C4, D7), told as this. */
  | { readonly own: FailureCode }
  /** A stream that had begun: what the upstream sent, and whether an error of ours ends it (C6, C7). */
  | { readonly begun: 'whole' | 'closed_with_an_error' }

/** A cooldown as it is to be found. */
export interface ExpectedCooldown {
  readonly kind: string
  /** Its end, of a request that was asked at this moment. */
  readonly until: (askedAtMs: number) => number
  /** The whole channel, or this model only. */
  readonly scope: 'channel' | 'model'
  readonly isSoft: boolean
}

/** Milliseconds after the request. */
export const after =
  (ms: number): ExpectedCooldown['until'] =>
  (askedAtMs) =>
    askedAtMs + ms

export interface Fault {
  readonly stop: Stop
  readonly alone: ClientGets
  /** Whether a healthy channel is asked next. */
  readonly movesOn: boolean
  /** How the log calls the attempt, and its reason in words; null for one that seemed to answer. */
  readonly result: readonly [result: string, reason: RegExp | null]
  readonly cooldown: ExpectedCooldown | null
  /** What the breaker counts. */
  readonly failures: 0 | 1
  /** A fault of streams or of plain answers alone; without it, both are asked for. */
  readonly only?: 'stream' | 'plain'
}

type Passed = Extract<ClientGets, { passed: number }>

const NO_RETRY_HEADERS = {
  'retry-after': undefined,
  'retry-after-ms': undefined,
  'x-should-retry': undefined,
}

export interface Cell extends Fault {
  readonly hasSecond: boolean
  readonly stream: boolean
}

export interface CellResult {
  readonly answer: LiveAnswer
  readonly row: Explained
  /** The request as the faulty channel's upstream got it, if it did. */
  readonly faulty: RecordedRequest | undefined
  readonly healthy: RecordedRequest | undefined
  readonly healthOfFaulty: ChannelHealthView
  readonly healthOfHealthy: ChannelHealthView | null
  /** Epoch milliseconds between which the channel failed. */
  readonly between: readonly [number, number]
}

/** The two cells of a fault, each for a stream and a plain answer where it can happen to both. */
export function cellsOf(fault: Fault): readonly (readonly [name: string, cell: Cell])[] {
  const streams = [true, false].filter((stream) => fault.only !== (stream ? 'plain' : 'stream'))
  return [false, true].flatMap((hasSecond) =>
    streams.map((stream) => {
      const name = `${hasSecond ? 'a second healthy one' : 'one channel'}, ${stream ? 'stream' : 'plain'}`
      return [name, { ...fault, hasSecond, stream }] as const
    }),
  )
}

export async function runCell(stand: Stand, { stop, hasSecond, stream }: Cell): Promise<CellResult> {
  const { gateway, upstream } = stand
  upstream.reset()
  const healthyOne = hasSecond ? { [HEALTHY]: message({ content: 'Here I am' }) } : {}
  await layRoute(stand, { [FAULTY]: stop, ...healthyOne })
  const startedAtMs = Date.now()
  // A session of its own, so that none is warm anywhere.
  const headers = { 'x-claude-code-session-id': crypto.randomUUID() }
  const answer = await ask(gateway, messageFor(MODEL, { stream }), { headers })
  const { id } = await rowOf(gateway, answer)
  const { data } = await gateway.admin<{ data: ChannelView[] }>('GET', '/api/channels')
  const healthOf = (name: string) => {
    const channel = data.find((one) => one.name === name)
    return gateway.admin<ChannelHealthView>('GET', `/api/channels/${channel?.id}/health`)
  }
  return {
    answer,
    row: await gateway.admin<Explained>('GET', `/api/stats/logs/${id}`),
    faulty: upstream.requests.find((request) => channelOf(request) === FAULTY),
    healthy: upstream.requests.find((request) => channelOf(request) === HEALTHY),
    healthOfFaulty: await healthOf(FAULTY),
    healthOfHealthy: hasSecond ? await healthOf(HEALTHY) : null,
    between: [startedAtMs, Date.now()],
  }
}

/** What the client gets, what the channels' health became, and what the log says. */
export function expectCell(cell: Cell, result: CellResult): void {
  if (cell.hasSecond && cell.movesOn) expectFromHealthy(result)
  else expectClientGets(cell.alone, result)
  expectNothingTold(result.answer)
  expectHealth(cell, result)
  expectLog(cell, result)
}

function expectFromHealthy({ answer, healthy }: CellResult): void {
  expect(answer.status).toBe(200)
  expect(answer.body).toEqual(healthy?.sent)
  expect(answer.headers.get('request-id')).toBe(healthy?.requestId)
  for (const name of Object.keys(NO_RETRY_HEADERS)) expect(answer.headers.get(name)).toBeUndefined()
}

function expectClientGets(expected: ClientGets, result: CellResult): void {
  if ('passed' in expected) expectPassed(expected, result)
  else if ('unwrapped' in expected) expectUnwrapped(expected.unwrapped, result)
  else if ('own' in expected) expectOwn(expected.own, result)
  else expectBegun(expected.begun, result)
}

function expectPassed({ passed, headers = {} }: Passed, { answer, faulty }: CellResult): void {
  expect(answer.status).toBe(passed)
  expect(answer.body).toEqual(faulty?.sent)
  expect(answer.headers.get('request-id')).toBe(faulty?.requestId)
  for (const [name, value] of Object.entries({ ...NO_RETRY_HEADERS, ...headers }))
    expect([name, answer.headers.get(name)]).toEqual([name, value])
}

function expectUnwrapped(status: number, { answer, faulty }: CellResult): void {
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toBe('application/json')
  const data = /^data: (\{.*"error".*)$/m.exec(faulty?.sent.toString() ?? '')?.[1]
  expect(answer.text).toBe(data ?? faulty?.sent.toString())
}

function expectOwn(code: FailureCode, { answer }: CellResult): void {
  const { status, type, retry } = FAILURES[code]
  expect(answer.status).toBe(status)
  const request_id = answer.headers.get('x-gateway-request-id')
  expect(answer.json).toEqual({ type: 'error', error: { type, message: expect.any(String) }, request_id })
  expect(answer.headers.get('request-id')).toBe(request_id)
  expect(answer.headers.get('x-should-retry')).toBe(retry ? undefined : 'false')
  expect(answer.headers.get('retry-after')).toBeUndefined()
  expect(answer.text).not.toMatch(/x-api-key|credit|billing/)
}

const OUR_PING = 'event: ping\ndata: {"type": "ping"}\n\n'

/** Frames arrive whole; what had begun of one, and our pings, stand apart. */
function expectBegun(ending: 'whole' | 'closed_with_an_error', { answer, faulty }: CellResult): void {
  expect(answer.status).toBe(200)
  expect(answer.isComplete).toBe(true)
  const sent = faulty?.sent.toString() ?? ''
  if (ending === 'whole') {
    expect(answer.text).toBe(sent)
    return
  }
  const at = answer.text.indexOf('event: error')
  const [relayed, error] = [answer.text.slice(0, at), answer.text.slice(at)]
  const whole = sent.slice(0, sent.lastIndexOf('\n\n') + 2)
  expect(relayed.replaceAll(OUR_PING, '')).toBe(whole.replaceAll(OUR_PING, ''))
  expect(error).toMatch(/^event: error\ndata: \{"type":"error","error":\{"type":"api_error",.*\}\n\n$/)
  expect(answer.text).not.toContain('message_stop')
}

/** D7: no channel's name, address or key reaches a client. */
function expectNothingTold(answer: LiveAnswer): void {
  const told = `${[...answer.headers].join('\n')}\n${answer.text}`
  expect(told).not.toMatch(/faulty|healthy|sk-ant-api03|127\.0\.0\.1|\.invalid/)
}

function expectHealth({ cooldown, failures }: Cell, result: CellResult): void {
  const { healthOfFaulty: health, healthOfHealthy, between } = result
  const state = cooldown?.kind ?? 'active'
  expect(health).toMatchObject({ state, requests_in_flight: 0 })
  expect(health.breaker).toMatchObject({ state: 'closed', consecutive_failures: failures })
  expect(health.cooldowns).toMatchObject(cooldown === null ? [] : [coolingOf(cooldown)])
  expect(health.timeline.map(({ event }) => event)).toEqual(cooldown === null ? [] : [cooldown.kind])
  if (cooldown !== null) {
    const [{ until_ms = 0, since_ms = 0 } = {}] = health.cooldowns
    // Seconds and dates of a header are whole.
    expect(until_ms).toBeGreaterThanOrEqual(cooldown.until(between[0]) - 1000)
    expect(until_ms).toBeLessThanOrEqual(cooldown.until(between[1]))
    expect(health).toMatchObject({ until_ms, since_ms })
    expect(health.timeline[0]).toMatchObject({ until_ms, reason: health.cooldowns[0]?.reason })
  }
  if (healthOfHealthy !== null)
    expect(healthOfHealthy).toMatchObject({ state: 'active', cooldowns: [], requests_in_flight: 0 })
}

const coolingOf = ({ kind, scope, isSoft }: ExpectedCooldown) => ({
  kind,
  model: scope === 'channel' ? null : MODEL,
  is_soft: isSoft,
})

function expectLog(
  { hasSecond, movesOn, alone, result: [result, reason] }: Cell,
  { answer, row, faulty }: CellResult,
): void {
  const isSecond = hasSecond && movesOn
  const names = isSecond ? [FAULTY, HEALTHY] : [FAULTY]
  expect(row.attempts.map(({ channel_name }) => channel_name)).toEqual(names)
  const [first, second] = row.attempts
  expect(first).toMatchObject({ result, reason: reason === null ? null : expect.stringMatching(reason) })
  expect(first?.upstream_request_id).toBe(first?.status ? faulty?.requestId : null)
  if (isSecond) expect(second).toMatchObject({ status: 200, result: 'ok', reason: null })
  const ownOutcome = 'begun' in alone ? 'truncated' : 'failed'
  const outcome = isSecond ? 'completed' : ownOutcome
  const error_code = !isSecond && 'own' in alone ? alone.own : null
  expect(row).toMatchObject({ outcome, error_code, status: answer.status, channel_name: names.at(-1) })
  // Rule E4: a failed attempt costs what it had reported.
  const hasReported = /event: message_start\ndata: .*\n\n/.test(faulty?.sent.toString() ?? '')
  expect(row.cost_nano_usd > 0).toBe(isSecond || 'begun' in alone || hasReported)
  expect(row.explanation[0]).toBe(`1. ${FAULTY}.`)
  expect(row.explanation[1]).toMatch(hasSecond ? `2. ${HEALTHY}.` : `Attempt 1, ${FAULTY}`)
  expect(row.explanation.find((words) => words.startsWith('Attempt 1'))).toContain(
    first?.reason ?? 'it answered 200',
  )
  if (isSecond) expect(row.explanation.at(-1)).toMatch(/^Attempt 2, healthy, .*: it answered 200\.$/)
}
