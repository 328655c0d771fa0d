/** Whatever goes wrong in a real gateway is told by a code of the closed list, and its English text follows from that. */
import type { ChannelTestResult } from '@claude-gateway/contract/channel.ts'
import type { ChannelHealthView } from '@claude-gateway/contract/channel-health.ts'
import type { Reason } from '@claude-gateway/contract/reason.ts'
import { inEnglish } from '@claude-gateway/contract/reason-english.ts'
import { expect, test } from 'vitest'
import { apiError, errorUnder200, errorWithKey, rateLimited } from '../support/fake-upstream/errors.ts'
import { message } from '../support/fake-upstream/messages.ts'
import {
  emptyBody,
  emptyStream,
  hangUp,
  htmlPage,
  rawAnswer,
  silence,
} from '../support/fake-upstream/odd-answers.ts'
import { tokenCountUnsupported } from '../support/fake-upstream/other-endpoints.ts'
import { cutAt } from '../support/fake-upstream/timing.ts'
import { startStand } from '../support/stand.ts'
import { Channels, type Explained, type LaidChannel, MODEL, type Question } from './channels-of.ts'
import { rowOf } from './row-of.ts'

const stand = await startStand(
  {},
  { limits: { firstByteMs: 300, firstContentMs: 1500, plainAnswerMs: 1000 } },
)
const { gateway } = stand
const channels = new Channels(stand)

/** A text that is told has its parts, and follows from them. */
function expectParts(text: string | null, parts: Reason | null): void {
  expect(parts === null ? null : inEnglish(parts)).toBe(text)
}

/** Every reason of a request: why each attempt failed, what the client was told, and the whole explanation. */
function expectTold({
  attempts,
  error_message,
  error_parts,
  explanation,
  explanation_parts,
}: Explained): void {
  for (const { reason, reason_parts } of attempts) expectParts(reason, reason_parts)
  expectParts(error_message, error_parts)
  expect(explanation_parts.map(inEnglish)).toEqual(explanation)
}

function expectHealthTold(health: ChannelHealthView): void {
  expectParts(health.reason, health.reason_parts)
  for (const { reason, reason_parts } of health.cooldowns) expectParts(reason, reason_parts)
  for (const { event, reason, reason_parts } of health.timeline) {
    // Of what is over, the reason is a code itself.
    if (event !== 'recovered') expectParts(reason, reason_parts)
  }
}

const healthOf = (name: string) =>
  gateway.admin<ChannelHealthView>('GET', `/api/channels/${channels.idOf(name)}/health`)

/** Sends a request to one faulty channel, and reads what is told of it everywhere. */
async function fail(channel: LaidChannel, question: Question = {}): Promise<Explained> {
  await channels.lay({ faulty: channel })
  const told = await channels.explained(await channels.send(question))
  expectTold(told)
  expectHealthTold(await healthOf('faulty'))
  return told
}

const STREAM = { stream: true }

/** What is wrong, and how it is asked for. */
const FAULTS: readonly (readonly [string, LaidChannel, Question | undefined])[] = [
  ['a refused connection', { base_url: 'http://127.0.0.1:1' }, undefined],
  ['an unknown name', { base_url: 'http://upstream.invalid' }, undefined],
  ['TLS where there is none', { base_url: stand.upstream.url.replace('http:', 'https:') }, undefined],
  ['a broken connection', { answer: hangUp('reset') }, undefined],
  ['silence', { answer: silence() }, STREAM],
  ['a refused credential', { answer: apiError('authentication') }, undefined],
  ['no credit', { answer: apiError('credit_balance_too_low') }, undefined],
  ['a missing model', { answer: apiError('model_not_found') }, undefined],
  ['a limit', { answer: rateLimited({ retryAfterSeconds: 40 }) }, undefined],
  ['an overload', { answer: apiError('overloaded') }, undefined],
  ['a failure', { answer: apiError('internal') }, undefined],
  ['a failure without a word', { answer: rawAnswer(520, {}, '') }, undefined],
  ['a refused request', { answer: apiError('invalid_request') }, undefined],
  ['an HTML page', { answer: htmlPage(200) }, undefined],
  ['an empty body', { answer: emptyBody() }, undefined],
  [
    'JSON that is no message',
    { answer: rawAnswer(200, { 'content-type': 'application/json' }, '{"a":1}') },
    undefined,
  ],
  ['an error under 200', { answer: errorUnder200('overloaded') }, undefined],
  [
    'an encoding that nobody reads',
    { answer: rawAnswer(200, { 'content-encoding': 'odd' }, 'x') },
    undefined,
  ],
  ['an empty stream', { answer: emptyStream() }, STREAM],
]

test.each(FAULTS)(
  '%s is told by code, in the attempt, in the channel’s health and in the explanation',
  async (_, channel, question) => {
    const { attempts } = await fail(channel, question)
    expect(attempts[0]?.reason_parts?.code).toBe('because')
  },
)

test('a stream that breaks off is told by code', async () => {
  const told = await fail({ answer: cutAt(message(), 900) }, { stream: true })
  expect(told.outcome).toBe('truncated')
  expect(told.error_parts).not.toBeNull()
})

test('D7: a credential that an upstream repeats is in no value', async () => {
  const told = await fail({ answer: errorWithKey() })
  expect(JSON.stringify(told)).not.toContain('sk-ant-api03-faulty')
})

test('what the client is told at once is told by code: no channel, none that serves the model, all paused or limited', async () => {
  const codes: (string | undefined)[] = []
  const note = async (question: Question = {}) => {
    const told = await channels.explained(await channels.send(question))
    expectTold(told)
    const { refusal } = await channels.explain({ session: 'any', ...question })
    if (refusal) expectParts(refusal.message, refusal.message_parts)
    codes.push(told.error_parts?.code)
  }
  await channels.lay({})
  await note()
  await channels.lay({ one: { models: ['claude-opus-*'] }, two: { models: ['claude-*'] } })
  await channels.operate('two', 'pause')
  await note()
  await note({ model: 'gpt-4' })
  expectHealthTold(await healthOf('two'))
  await channels.lay({
    one: { answer: rateLimited({ retryAfterSeconds: 100 }) },
    two: { answer: apiError('permission') },
    three: { enabled: false },
  })
  await channels.send()
  await note()
  expectHealthTold(await healthOf('two'))
  await channels.operate('two', 'clear')
  expectHealthTold(await healthOf('two'))
  expect(codes).toEqual(['error_no_channel', 'error_all_paused', 'error_model_not_served', 'error_none_now'])
})

const REFUSED: readonly (readonly [string, string | Buffer | object, Record<string, string>])[] = [
  ['error_no_body', '', {}],
  ['error_bad_json', '{"model":', {}],
  ['error_bad_json_in_line', '{x', {}],
  ['error_no_object', '[]', {}],
  ['error_model_missing', { messages: [] }, {}],
  ['error_model_duplicated', '{"model":"a","model":"b"}', {}],
  ['error_model_empty', { model: '' }, {}],
  ['error_encoding', { model: MODEL }, { 'content-encoding': 'br' }],
  ['error_bad_gzip', { model: MODEL }, { 'content-encoding': 'gzip' }],
  ['error_may_not_choose', { model: MODEL, messages: [] }, { 'x-gateway-channel': '1' }],
  ['error_key_unknown', { model: MODEL }, { authorization: 'Bearer gk-nobody' }],
]

test.each(REFUSED)('a request that is refused is told by code: %s', async (code, body, headers) => {
  const answer = await gateway.send(body, headers)
  const { error } = (await answer.json()) as { error: { message: string } }
  const { error_message, error_parts } = await rowOf(gateway, answer)
  expect([error_parts?.code, error_message]).toEqual([code, error.message])
  expectParts(error_message, error_parts)
})

test('counting tokens where nobody can is told by code', async () => {
  await channels.lay({ faulty: { answer: tokenCountUnsupported(404) } })
  const body = { model: MODEL, messages: [] }
  const answer = await gateway.send(body, {}, '/v1/messages/count_tokens')
  const row = await rowOf(gateway, answer)
  expect(row.error_parts?.code).toBe('error_none_counts')
})

test('a channel’s test says what happened by code', async () => {
  const ask = (base_url: string) =>
    gateway.admin<ChannelTestResult>('POST', '/api/channels/test', { base_url, api_key: 'sk-ant-x' })
  stand.upstream.answer(message())
  const good = await ask(stand.upstream.url)
  expect(good.message_parts.code).toBe('test_passed')
  stand.upstream.answer(htmlPage(200))
  for (const told of [good, await ask(stand.upstream.url), await ask('http://127.0.0.1:1')]) {
    expectParts(told.message, told.message_parts)
  }
})
