/** The parts of a session on both engines: its agents, its prompts and its requests in order. */
import { describe, expect, test } from 'vitest'
import { readSessionAgents, readSessionPrompts } from '../../src/store/session-parts.ts'
import { listSessionRequests } from '../../src/store/session-requests.ts'
import { findSessions } from '../../src/store/sessions.ts'
import { engines } from '../support/engines.ts'
import { appendLogsTo, recordOf, usageOf } from './records.ts'

const START_MS = Date.UTC(2026, 10, 1, 12)
const MINUTE_MS = 60_000
const at = (minutes: number) => ({ startedAtMs: START_MS + minutes * MINUTE_MS })
const ALL = { limit: 1000 }

for (const engine of engines) {
  describe(engine.name, () => {
    test('agents and prompts are added up from the log, the main conversation first', async () => {
      const store = await engine.open()
      await appendLogsTo(store, [
        recordOf({ ...at(2), agentId: 'b', parentAgentId: 'a', costNanoUsd: 5, promptId: 'p2' }),
        recordOf({
          ...at(1),
          agentId: 'a',
          agentType: 'Explore',
          costNanoUsd: 3,
          promptId: 'p1',
          durationMs: 2000,
        }),
        recordOf({
          ...at(3),
          agentId: 'a',
          outcome: 'failed',
          costNanoUsd: 0,
          promptId: 'p1',
          durationMs: 500,
        }),
        recordOf({ ...at(1), promptId: 'p1', isCompaction: true }),
        recordOf({ ...at(1), endpoint: 'count_tokens', agentId: 'c' }),
        recordOf({ ...at(1), agentId: 'd', keyId: 2 }),
        recordOf({ ...at(1), agentId: 'e', sessionId: 'another' }),
      ])
      const session = { keyId: 1, sessionId: 'session-1' }
      const { agents, leftOut, requests } = await readSessionAgents(store.reports, session)
      expect([leftOut, requests]).toEqual([0, 4])
      expect(agents).toMatchObject([
        { agent_id: null, parent_agent_id: null, requests: 1, compactions: 1, cost_nano_usd: 10_500_000 },
        {
          agent_id: 'a',
          agent_type: 'Explore',
          requests: 2,
          outcomes: { completed: 1, failed: 1, refused: 0 },
        },
        { agent_id: 'b', parent_agent_id: 'a', requests: 1, cost_nano_usd: 5 },
      ])
      const { prompts } = await readSessionPrompts(store.reports, session)
      expect(prompts).toMatchObject([
        {
          prompt_id: 'p1',
          requests: 3,
          failed: 1,
          agents: 1,
          duration_ms: 120_500,
          cost_nano_usd: 10_500_003,
        },
        { prompt_id: 'p2', requests: 1, failed: 0, agents: 1 },
      ])
    })

    test('a session whose requests have left the log keeps its sums, and an empty tree', async () => {
      const store = await engine.open()
      await appendLogsTo(store, [recordOf(), recordOf({ agentId: 'a' })])
      await store.db.deleteFrom('request_logs').execute()
      expect(await findSessions(store.reports, 'session-1')).toMatchObject([{ requests: 2 }])
      const found = await readSessionAgents(store.reports, { keyId: 1, sessionId: 'session-1' })
      expect(found).toMatchObject({ agents: [{ agent_id: null, requests: 0 }], leftOut: 0, requests: 0 })
    })

    test('the gap to the last use of the same cache tells whether it is still warm', async () => {
      const store = await engine.open()
      const small = recordOf({ ...at(0) })
      const hour = { usage: usageOf({ cacheWrite1hTokens: 10 }), agentId: 'hour' }
      await appendLogsTo(store, [
        small,
        recordOf({ ...at(1), requestedModel: 'claude-haiku-4-5' }),
        recordOf({ ...at(2), usage: usageOf({ inputTokens: 0, outputTokens: 0 }), outcome: 'rejected' }),
        recordOf({ ...at(4), usage: usageOf({ inputTokens: 100, cacheReadTokens: 300 }) }),
        recordOf({ ...at(10), usage: usageOf({ cacheWrite5mTokens: 10 }) }),
        recordOf({ ...at(11), ...hour }),
        recordOf({ ...at(31), agentId: 'hour' }),
        recordOf({ ...at(95), agentId: 'hour' }),
      ])
      const requests = await listSessionRequests(store.reports, { keyId: 1, sessionId: 'session-1' }, ALL)
      expect(
        requests.map(({ gap_ms, cache_expired, cache_hit_share }) => [
          gap_ms === null ? null : gap_ms / MINUTE_MS,
          cache_expired,
          cache_hit_share,
        ]),
      ).toEqual([
        [null, false, 0],
        [null, false, 0],
        [2, false, null],
        [4, false, 0.75],
        [6, true, 0],
        [null, false, 0],
        [20, false, 0],
        [64, true, 0],
      ])
    })

    test('ten thousand requests are paged through in order, and summed up by the database', {
      timeout: 60_000,
    }, async () => {
      const store = await engine.open()
      const rows = Array.from({ length: 10_000 }, (_, index) =>
        recordOf({
          ...at(index),
          agentId: index % 10 === 0 ? null : `agent-${index % 1200}`,
          promptId: `p-${index % 1100}`,
        }),
      )
      for (let start = 0; start < rows.length; start += 500)
        await appendLogsTo(store, rows.slice(start, start + 500))
      const session = { keyId: 1, sessionId: 'session-1' }
      const found = await readSessionAgents(store.reports, session)
      expect([found.agents.length, found.leftOut, found.requests]).toEqual([1000, 81, 10_000])
      const prompts = await readSessionPrompts(store.reports, session)
      expect([prompts.prompts.length, prompts.leftOut]).toEqual([1000, 100])
      const pages = []
      for (let page = await listSessionRequests(store.reports, session, { limit: 2500 }); page.length > 0; ) {
        pages.push(page)
        const { started_at_ms = 0, id = 0 } = page.at(-1) ?? {}
        page = await listSessionRequests(store.reports, session, {
          limit: 2500,
          after: { startedAtMs: started_at_ms, id },
        })
      }
      expect(pages.flat().map(({ request_id }) => request_id)).toEqual(rows.map(({ requestId }) => requestId))
      const main = await listSessionRequests(store.reports, { ...session, agentId: '' }, ALL)
      expect([main.length, main.every(({ agent_id }) => agent_id === null)]).toEqual([1000, true])
      const prompt = await listSessionRequests(store.reports, { ...session, promptId: 'p-7' }, ALL)
      expect(prompt.map(({ started_at_ms }) => started_at_ms)).toEqual(
        rows.filter(({ promptId }) => promptId === 'p-7').map(({ startedAtMs }) => startedAtMs),
      )
    })
  })
}
