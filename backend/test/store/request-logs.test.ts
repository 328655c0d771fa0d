/** The request log on both engines: what is written comes back, by every filter, page by page. */
import type { RequestLogFilter } from '@claude-gateway/contract/request-log.ts'
import { requestLogSchema } from '@claude-gateway/contract/request-log.ts'
import { describe, expect, test } from 'vitest'
import type { Decision } from '../../src/domain/decision.ts'
import type { RequestRecord } from '../../src/domain/request-record.ts'
import type { Store } from '../../src/store/database.ts'
import { findRequestLog, listRequestLogs, streamRequestLogs } from '../../src/store/request-logs.ts'
import { engines } from '../support/engines.ts'
import { appendLogsTo, attempt, recordOf, toRow, usageOf } from './records.ts'

const idsOf = async ({ reports }: Store, filter: RequestLogFilter): Promise<string[]> =>
  (await listRequestLogs(reports, filter, { limit: 500 })).map(({ request_id }) => request_id)

const decision: Decision = {
  session: 'header',
  warmChannelId: 3,
  candidates: [{ id: 3 }, { id: 1 }, { id: 2, last: 'full' }],
  leftOut: [
    { id: 4, reason: 'limited', untilMs: 1_795_000_000_000 },
    { id: 5, reason: 'disabled' },
  ],
}

for (const engine of engines) {
  describe(engine.name, () => {
    test('every field of a record comes back as the admin API shows it', async () => {
      const { reports, appendRequestLogs } = await engine.open()
      const usage = usageOf({
        cacheReadTokens: 3,
        cacheWrite5mTokens: 4,
        cacheWrite1hTokens: 5,
        webSearchRequests: 6,
        extraIterations: [{ ...usageOf(), type: 'compaction', model: null }],
      })
      const record = recordOf({
        sessionId: 's',
        agentId: 'a',
        parentAgentId: 'p',
        answeredModel: 'claude-opus-5',
        attempts: [
          { ...attempt, result: 'unreachable', reason: 'connection refused', status: null },
          attempt,
        ],
        errorCode: 'upstream_failed',
        errorMessage: 'It broke off — “mid-sentence”.',
        costEstimated: true,
        cacheRewrittenTokens: 12_345,
        decision,
        usage,
      })
      await appendLogsTo({ appendRequestLogs }, [record])
      const [view] = await listRequestLogs(reports, {}, { limit: 10 })
      expect(view).toEqual({
        id: view?.id,
        request_id: record.requestId,
        started_at_ms: record.startedAtMs,
        endpoint: 'messages',
        key_id: 1,
        key_name: null,
        session_id: 's',
        agent_id: 'a',
        parent_agent_id: 'p',
        prompt_id: null,
        request_class: null,
        agent_type: null,
        is_compaction: false,
        tags: null,
        requested_model: 'claude-sonnet-5',
        upstream_model: 'claude-sonnet-5',
        answered_model: 'claude-opus-5',
        channel_id: 1,
        channel_name: 'first',
        attempts: record.attempts.map((one) => ({ ...one, reason_parts: null })),
        outcome: 'completed',
        status: 200,
        error_code: 'upstream_failed',
        error_message: 'It broke off — “mid-sentence”.',
        error_parts: null,
        stop_reason: 'end_turn',
        streamed: true,
        usage: {
          input_tokens: 1000,
          output_tokens: 500,
          cache_read_tokens: 3,
          cache_write_5m_tokens: 4,
          cache_write_1h_tokens: 5,
          web_search_requests: 6,
        },
        cost_nano_usd: 10_500_000,
        uncached_cost_nano_usd: 10_500_000,
        failover_cost_nano_usd: 0,
        repriced_at_ms: null,
        cost_estimated: true,
        price: record.price,
        time_to_first_byte_ms: 210.25,
        time_to_first_content_ms: 340.5,
        duration_ms: 2150.75,
        request_bytes: 40_000,
        response_bytes: 9_000,
        client: 'claude-cli/2.1.330',
        client_address: '127.0.0.1',
        cache_rewritten_tokens: 12_345,
        upstream_request_id: 'req_upstream',
      })
      expect(requestLogSchema.parse(view)).toEqual(view)
      expect(await findRequestLog(reports, view?.id ?? 0)).toEqual({ entry: view, decision })
      expect(await findRequestLog(reports, (view?.id ?? 0) + 1)).toBeUndefined()
    })

    test('a decision that this version does not understand is none, and hides nothing else', async () => {
      const { db, reports, appendRequestLogs } = await engine.open()
      await appendLogsTo({ appendRequestLogs }, [recordOf({ requestId: 'odd', decision })])
      const row = await db.selectFrom('request_logs').select('id').executeTakeFirstOrThrow()
      const unknownReason = JSON.stringify({
        ...decision,
        leftOut: [{ id: 1, reason: 'retrograde_mercury' }],
      })
      for (const text of ['not json', '{}', 'null', unknownReason]) {
        await db.updateTable('request_logs').set({ decision: text }).execute()
        const found = await findRequestLog(reports, row.id)
        expect([found?.entry.request_id, found?.decision]).toEqual(['odd', null])
      }
    })

    test('what is not known comes back as null', async () => {
      const { reports, appendRequestLogs } = await engine.open()
      const unknown = {
        keyId: null,
        sessionId: null,
        requestedModel: null,
        upstreamModel: null,
        channelId: null,
        channelName: null,
        stopReason: null,
        price: null,
        timeToFirstByteMs: null,
        timeToFirstContentMs: null,
        client: null,
        clientAddress: null,
        upstreamRequestId: null,
      }
      await appendLogsTo({ appendRequestLogs }, [
        recordOf({ ...unknown, attempts: [], outcome: 'rejected', streamed: false }),
      ])
      expect(await listRequestLogs(reports, {}, { limit: 1 })).toMatchObject([
        { key_id: null, channel_id: null, price: null, requested_model: null, attempts: [], streamed: false },
      ])
    })

    test('every column of a row is a column of the table, and the other way round', async () => {
      const { db } = await engine.open()
      const tables = await db.introspection.getTables()
      const columns =
        tables.find(({ name }) => name === 'request_logs')?.columns.map(({ name }) => name) ?? []
      // Nothing but a re-pricing writes the last one.
      const written = ['id', ...Object.keys(toRow(recordOf())), 'repriced_at_ms']
      expect(columns.sort()).toEqual(written.sort())
    })

    test('each filter finds its rows and no others, newest first', async () => {
      const store = await engine.open()
      const rows: [string, Partial<RequestRecord>][] = [
        ['channel', { channelId: 2 }],
        ['key', { keyId: 2 }],
        ['model', { requestedModel: 'claude-haiku-4-5', upstreamModel: 'haiku' }],
        ['outcome', { outcome: 'failed' }],
        ['session', { sessionId: 'session-2' }],
        ['endpoint', { endpoint: 'count_tokens' }],
        ['twice', { attempts: [{ ...attempt, reason: 'of "channel_id" nothing' }, attempt] }],
        ['once', { attempts: [{ ...attempt, reason: 'of "channel_id" and "channel_id" nothing' }] }],
        ['early', { startedAtMs: 1000 }],
        ['late', { startedAtMs: 2000, channelId: 2 }],
      ]
      await appendLogsTo(
        store,
        rows.map(([requestId, own]) => recordOf({ requestId, ...own })),
      )
      expect(await idsOf(store, {})).toEqual(rows.map(([id]) => id).reverse())
      expect(await idsOf(store, { channel_id: 2 })).toEqual(['late', 'channel'])
      expect(await idsOf(store, { key_id: 2 })).toEqual(['key'])
      expect(await idsOf(store, { model: 'claude-haiku-4-5' })).toEqual(['model'])
      expect(await idsOf(store, { model: 'haiku' })).toEqual(['model'])
      expect(await idsOf(store, { outcome: 'failed' })).toEqual(['outcome'])
      expect(await idsOf(store, { session_id: 'session-2' })).toEqual(['session'])
      expect(await idsOf(store, { request_id: 'early' })).toEqual(['early'])
      expect(await idsOf(store, { endpoint: 'count_tokens' })).toEqual(['endpoint'])
      expect(await idsOf(store, { failed_over: 'true' })).toEqual(['twice'])
      expect(await idsOf(store, { failed_over: 'false', key_id: 1, to: 2001 })).toEqual(['late', 'early'])
      expect(await idsOf(store, { from: 1000, to: 2000 })).toEqual(['early'])
      expect(await idsOf(store, { from: 1001, to: 3000 })).toEqual(['late'])
      expect(await idsOf(store, { to: 2001 })).toEqual(['late', 'early'])
      expect(await idsOf(store, { from: 3000, channel_id: 2 })).toEqual(['channel'])
      expect(await idsOf(store, { from: 2001, to: 3000 })).toEqual([])
    })

    test('rows that ended in another order than they began are all found in their time range', async () => {
      const store = await engine.open()
      const startedAtMs = [500, 100, 900, 300, 700]
      await appendLogsTo(
        store,
        startedAtMs.map((ms) => recordOf({ requestId: `at-${ms}`, startedAtMs: ms })),
      )
      expect(await idsOf(store, { from: 300, to: 701 })).toEqual(['at-700', 'at-300', 'at-500'])
    })

    test('pages follow one another without a gap or a repetition, whatever is written meanwhile', async () => {
      const { reports, appendRequestLogs } = await engine.open()
      const ids = Array.from({ length: 25 }, (_, index) => `row-${index}`)
      await appendLogsTo(
        { appendRequestLogs },
        ids.map((requestId) => recordOf({ requestId })),
      )
      const seen: string[] = []
      let page = await listRequestLogs(reports, {}, { limit: 10 })
      while (page.length > 0) {
        seen.push(...page.map(({ request_id }) => request_id))
        await appendLogsTo({ appendRequestLogs }, [recordOf()])
        page = await listRequestLogs(reports, {}, { limit: 10, beforeId: page.at(-1)?.id ?? 0 })
      }
      expect(seen).toEqual(ids.reverse())
    })

    test('a stream yields every match once, also when the last page is full', async () => {
      const { reports, appendRequestLogs } = await engine.open()
      const sizesOf = async (filter: RequestLogFilter) => {
        const sizes: number[] = []
        for await (const rows of streamRequestLogs(reports, filter)) sizes.push(rows.length)
        return sizes
      }
      expect(await sizesOf({})).toEqual([])
      await appendLogsTo(
        { appendRequestLogs },
        Array.from({ length: 1000 }, () => recordOf()),
      )
      expect(await sizesOf({})).toEqual([500, 500])
      await appendLogsTo({ appendRequestLogs }, [recordOf({ keyId: 2 })])
      expect(await sizesOf({})).toEqual([500, 500, 1])
      expect(await sizesOf({ key_id: 2 })).toEqual([1])
      expect(await sizesOf({ to: 5 })).toEqual([])
    })
  })
}
