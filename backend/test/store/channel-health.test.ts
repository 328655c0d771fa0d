/** What is known of channels' health, and their timelines, over a restart and on both engines. */
import { describe, expect, test } from 'vitest'
import { type ChannelHealth, HEALTHY } from '../../src/domain/channel-health.ts'
import {
  deleteOldChannelEvents,
  listChannelEvents,
  loadChannelHealth,
  saveChannelHealth,
} from '../../src/store/channel-health.ts'
import { createChannel, deleteChannel } from '../../src/store/channels.ts'
import { openSecrets } from '../../src/store/secrets.ts'
import { type Engine, engines, freshFolder } from '../support/engines.ts'
import { newChannelOf } from './records.ts'

const NOW = 1_795_000_000_000

async function open(engine: Engine) {
  const store = await engine.open()
  const secrets = await openSecrets(store.db, { encryptionKey: 'f'.repeat(64), dataDir: await freshFolder() })
  const channel = async (name: string) => (await createChannel(store.db, secrets, newChannelOf({ name }))).id
  return { db: store.db, reports: store.reports, one: await channel('one'), two: await channel('two') }
}

const limited: ChannelHealth = {
  breaker: { state: 'closed', epoch: 3, consecutive: 2, slices: [{ slot: 359_000_000, ok: 4, failed: 2 }] },
  cooldowns: [
    {
      model: 'claude-opus-5',
      kind: 'limited',
      reason: 'is rate limited: 429 rate_limit_error “slow down”',
      sinceMs: NOW,
      untilMs: NOW + 1234.5,
      isSoft: false,
    },
    { model: null, kind: 'paused', reason: 'paused', sinceMs: NOW, untilMs: NOW + 60_000, isSoft: false },
  ],
  overloads: 1,
}
const open30s: ChannelHealth = {
  ...HEALTHY,
  breaker: { state: 'open', epoch: 1, sinceMs: NOW, untilMs: NOW + 30_000, openMs: 30_000 },
}

const eventOf = (channelId: number, event: string, atMs = NOW) => ({
  channelId,
  atMs,
  event,
  reason: null,
  untilMs: null,
})

for (const engine of engines) {
  describe(engine.name, () => {
    test('health comes back as it was saved, and a later one replaces it', async () => {
      const { db, one, two } = await open(engine)
      await saveChannelHealth(
        db,
        [
          { channelId: two, health: open30s, updatedAtMs: NOW },
          { channelId: one, health: HEALTHY, updatedAtMs: NOW },
        ],
        [],
      )
      await saveChannelHealth(db, [{ channelId: one, health: limited, updatedAtMs: NOW + 1 }], [])
      expect(await loadChannelHealth(db)).toEqual(
        new Map([
          [one, limited],
          [two, open30s],
        ]),
      )
    })

    test('D9: the lease of a half-open breaker does not outlive the process that held it', async () => {
      const { db, one } = await open(engine)
      const breaker = { state: 'half_open', epoch: 2, sinceMs: NOW, openMs: 30_000, successes: 1 } as const
      const health = { ...HEALTHY, breaker: { ...breaker, isLeased: true } }
      await saveChannelHealth(db, [{ channelId: one, health, updatedAtMs: NOW }], [])
      expect((await loadChannelHealth(db)).get(one)?.breaker).toEqual({ ...breaker, isLeased: false })
    })

    test('a state that cannot be read is as none, and the others are read all the same', async () => {
      const { db, one, two } = await open(engine)
      const rows = [one, two].map((channelId) => ({ channelId, health: limited, updatedAtMs: NOW }))
      await saveChannelHealth(db, rows, [])
      const [cooldown] = limited.cooldowns
      const unreadable = [
        '{',
        'null',
        '{}',
        JSON.stringify({ ...limited, breaker: { state: 'ajar' } }),
        JSON.stringify({ ...limited, cooldowns: [{ ...cooldown, kind: 'bewitched' }] }),
      ]
      for (const state of unreadable) {
        await db.updateTable('channel_health').set({ state }).where('channel_id', '=', one).execute()
        expect(await loadChannelHealth(db)).toEqual(new Map([[two, limited]]))
      }
    })

    test('a channel that was deleted meanwhile is skipped, and what was known of it is gone', async () => {
      const { db, reports, one, two } = await open(engine)
      const rows = [one, two].map((channelId) => ({ channelId, health: limited, updatedAtMs: NOW }))
      const events = [eventOf(one, 'limited'), eventOf(two, 'limited')]
      await saveChannelHealth(db, rows, events)
      await deleteChannel(db, one)
      expect([...(await loadChannelHealth(db)).keys()]).toEqual([two])
      await saveChannelHealth(db, rows, events)
      expect([...(await loadChannelHealth(db)).keys()]).toEqual([two])
      expect(await listChannelEvents(reports, one, 10)).toEqual([])
      expect(await listChannelEvents(reports, two, 10)).toHaveLength(2)
    })

    test('a timeline is read newest first, one channel’s own, as far as it is asked for', async () => {
      const { db, reports, one, two } = await open(engine)
      const told = {
        channelId: one,
        atMs: NOW + 1,
        event: 'limited',
        reason: 'is rate limited',
        untilMs: NOW + 5,
      }
      await saveChannelHealth(db, [], [eventOf(one, 'breaker_open'), eventOf(two, 'paused'), told])
      await saveChannelHealth(db, [], [eventOf(one, 'recovered')])
      expect(await listChannelEvents(reports, one, 2)).toEqual([eventOf(one, 'recovered'), told])
      expect(await listChannelEvents(reports, one, 10)).toHaveLength(3)
    })

    test('a batch of any size is written, with whatever an upstream said in it', async () => {
      const { db, reports, one } = await open(engine)
      const events = Array.from({ length: 1201 }, (_, index) => eventOf(one, `event-${index}`))
      const odd = {
        ...eventOf(one, 'odd', NOW + 0.5),
        reason: `a\0b${'x'.repeat(5000)}`,
        untilMs: NOW + 0.25,
      }
      await saveChannelHealth(db, [], [...events, odd])
      const [last, ...others] = await listChannelEvents(reports, one, 2000)
      expect(others).toHaveLength(1201)
      expect(last).toMatchObject({ event: 'odd', untilMs: NOW })
      expect(last?.reason).toMatch(/^abx+$/)
      expect(Number.isInteger(last?.atMs)).toBe(true)
    })

    test('health and events are written both or neither', async () => {
      const { db, reports, one } = await open(engine)
      const broken = { ...eventOf(one, 'broken'), event: null as unknown as string }
      const row = { channelId: one, health: limited, updatedAtMs: NOW }
      await expect(saveChannelHealth(db, [row], [eventOf(one, 'limited'), broken])).rejects.toThrow()
      expect(await loadChannelHealth(db)).toEqual(new Map())
      expect(await listChannelEvents(reports, one, 10)).toEqual([])
    })

    test('old events are deleted, and told how many there were', async () => {
      const { db, reports, one } = await open(engine)
      await saveChannelHealth(db, [], [eventOf(one, 'old', NOW - 1), eventOf(one, 'new', NOW)])
      expect(await deleteOldChannelEvents(db, NOW, 500)).toBe(1)
      expect(await deleteOldChannelEvents(db, NOW, 500)).toBe(0)
      expect((await listChannelEvents(reports, one, 10)).map(({ event }) => event)).toEqual(['new'])
    })
  })
}
