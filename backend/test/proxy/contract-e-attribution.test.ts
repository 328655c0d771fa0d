/** Rule E7: what headers say of a request's place in a session, from the wire to the tree of agents. */
import type { SessionDetail, SessionRequest, SessionSummary } from '@claude-gateway/contract/session.ts'
import { afterEach, describe, expect, test } from 'vitest'
import { apiError } from '../support/fake-upstream/errors.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'
import { ask } from './live-client.ts'
import { rowOf, rowsOfSession } from './row-of.ts'

const { gateway, upstream } = await startStand()
const body = messageFor('claude-sonnet-5')

const send = (headers: Record<string, string>, path = '/v1/messages') => ask(gateway, body, { headers, path })
const row = async (headers: Record<string, string>) => rowOf(gateway, await send(headers))
const setTagHeaders = (names: string[] | null) =>
  gateway.admin('PUT', '/api/settings', { tag_headers: names })

describe('E7: attribution from headers alone', () => {
  test('E7: session, agents, prompt, class and type are kept as they come, and go on to the upstream', async () => {
    const headers = {
      'x-claude-code-session-id': crypto.randomUUID(),
      'x-claude-code-agent-id': 'agent-2',
      'x-claude-code-parent-agent-id': 'agent-1',
      'x-claude-code-prompt-id': 'prompt-1',
      'x-claude-code-request-class': 'subagent',
      'x-claude-code-agent-type': 'Explore',
    }
    upstream.reset()
    expect(await row(headers)).toMatchObject({
      session_id: headers['x-claude-code-session-id'],
      agent_id: 'agent-2',
      parent_agent_id: 'agent-1',
      prompt_id: 'prompt-1',
      request_class: 'subagent',
      agent_type: 'Explore',
      is_compaction: false,
      tags: null,
    })
    expect(upstream.requests[0]?.headers).toMatchObject(headers)
  })

  test('E7: what is not sent is null, and what is sent empty as well', async () => {
    const nothing = { agent_id: null, prompt_id: null, request_class: null, agent_type: null, tags: null }
    expect(await row({})).toMatchObject(nothing)
    expect(await row({ 'x-claude-code-agent-id': ' ', 'x-claude-code-agent-type': '' })).toMatchObject(
      nothing,
    )
  })

  test.each([
    [{ 'x-claude-code-compaction': 'auto' }, true],
    [{ 'x-claude-code-compaction': 'manual' }, true],
    [{ 'x-claude-code-request-class': 'compaction' }, true],
    [{ 'x-claude-code-compaction': 'false' }, false],
    [{ 'x-claude-code-context-compacted': 'auto' }, false],
  ])('E7: %j marks a compaction: %s', async (headers, isCompaction) => {
    expect((await row(headers)).is_compaction).toBe(isCompaction)
  })

  test('E7: a text of any length is cut, and one with the client’s own key in it is not kept', async () => {
    const entry = await row({
      'x-claude-code-agent-id': 'a'.repeat(5000),
      'x-claude-code-prompt-id': `of ${gateway.key}`,
      'x-gateway-tag': gateway.key,
    })
    expect(entry).toMatchObject({ agent_id: 'a'.repeat(300), prompt_id: null, tags: null })
  })
})

describe('tags', () => {
  afterEach(() => setTagHeaders(null))

  test('E7: the header that is listed becomes a tag, and stays here', async () => {
    upstream.reset()
    const { tags } = await row({ 'X-Gateway-Tag': '  red team ', 'x-team': 'blue' })
    expect(tags).toEqual({ 'x-gateway-tag': 'red team' })
    expect(upstream.requests[0]?.headers).not.toHaveProperty('x-gateway-tag')
    expect(upstream.requests[0]?.headers).toMatchObject({ 'x-team': 'blue' })
  })

  test('E7: names and prefixes can be listed at run time; what the upstream needs goes on all the same', async () => {
    await setTagHeaders(['x-team', 'x-org-*', 'anthropic-beta'])
    upstream.reset()
    const headers = { 'x-team': 'blue', 'x-org-unit': '7', 'anthropic-beta': 'a-2026', 'x-gateway-tag': 'no' }
    const { tags } = await row(headers)
    expect(tags).toEqual({ 'x-team': 'blue', 'x-org-unit': '7', 'anthropic-beta': 'a-2026' })
    const sent = upstream.requests[0]?.headers ?? {}
    expect(sent['anthropic-beta']).toBe('a-2026')
    expect(Object.keys(sent).filter((name) => /^x-(team|org|gateway)/.test(name))).toEqual([])
  })

  test('E7: a prefix never makes a tag of a credential', async () => {
    await setTagHeaders(['x-relay-*'])
    const { tags } = await row({ 'x-relay-token': 'a secret', 'x-relay-unit': '7' })
    expect(tags).toEqual({ 'x-relay-unit': '7' })
  })

  test('who has no key of the gateway tags nothing: its sums are kept for good', async () => {
    const stranger = { authorization: 'Bearer gk-of-nobody', 'x-gateway-tag': 'vandal' }
    expect(await row(stranger)).toMatchObject({ error_code: 'unauthenticated', key_id: null, tags: null })
  })

  test('E7: a request has at most eight tags, of two hundred characters each', async () => {
    await setTagHeaders(['x-many-*'])
    const many = Array.from({ length: 20 }, (_, index) => [`x-many-${index}`, 'v'.repeat(1000)])
    const { tags } = await row(Object.fromEntries(many))
    expect(Object.values(tags ?? {})).toEqual(Array<string>(8).fill('v'.repeat(200)))
  })
})

describe('E7: a session as the console shows it', () => {
  test('sub-agents of sub-agents, failures and compactions make one tree; counting tokens makes none', async () => {
    const id = crypto.randomUUID()
    const of = (agent?: string, parent?: string) => ({
      'x-claude-code-session-id': id,
      ...(agent !== undefined && { 'x-claude-code-agent-id': agent }),
      ...(parent !== undefined && { 'x-claude-code-parent-agent-id': parent }),
    })
    const prompt = (number: number) => ({ 'x-claude-code-prompt-id': `p${number}` })
    await send({ ...of(), ...prompt(1) })
    await send({ ...of('scout'), ...prompt(1), 'x-claude-code-agent-type': 'Explore' })
    await send({ ...of('reader', 'scout'), ...prompt(1) })
    upstream.answer(apiError('invalid_request'))
    await send({ ...of('reader', 'scout'), ...prompt(1) })
    upstream.reset()
    await send({ ...of(), ...prompt(2), 'x-claude-code-compaction': 'auto' })
    await send(of('counter'), '/v1/messages/count_tokens')
    await rowsOfSession(gateway, id, 6)

    const session = await gateway.admin<SessionDetail>('GET', `/api/sessions/${id}`)
    expect(session).toMatchObject({ key_name: 'test', requests: 5, failed: 1, compactions: 1 })
    expect(session.agents.map(({ agent_id, depth, requests }) => [agent_id, depth, requests])).toEqual([
      [null, 0, 2],
      ['scout', 1, 1],
      ['reader', 2, 2],
    ])
    expect(session.agents[2]?.outcomes).toMatchObject({ completed: 1, failed: 1 })
    expect(session.agents[1]).toMatchObject({ agent_type: 'Explore', parent_is_known: true })
    expect(session.prompts.map(({ prompt_id, requests, agents }) => [prompt_id, requests, agents])).toEqual([
      ['p1', 4, 2],
      ['p2', 1, 0],
    ])
    const { data: requests } = await gateway.admin<{ data: SessionRequest[] }>(
      'GET',
      `/api/sessions/${id}/requests`,
    )
    expect(requests.map(({ agent_id }) => agent_id)).toEqual([null, 'scout', 'reader', 'reader', null])
    const cost = requests.reduce((sum, { cost_nano_usd }) => sum + cost_nano_usd, 0)
    expect([session.cost_nano_usd, session.agents[0]?.total_cost_nano_usd]).toEqual([cost, cost])
  })

  test('who has no key of the gateway makes no session', async () => {
    const id = crypto.randomUUID()
    await send({ 'x-claude-code-session-id': id, authorization: 'Bearer gk-unknown' })
    await rowsOfSession(gateway, id, 1)
    const { data } = await gateway.admin<{ data: SessionSummary[] }>('GET', `/api/sessions?search=${id}`)
    expect(data).toEqual([])
  })
})
