/** What happens to a gateway besides requests: upstreams change their moods, operators edit, networks and processes die. */
import { verdict } from '../../src/domain/outcome.ts'
import type { House } from './house.ts'
import type { Random } from './random.ts'
import { TROUBLES } from './upstream.ts'

type Event = (house: House, random: Random) => void

const EVENTS = {
  trouble(house, random) {
    house.moods.set(anyChannel(house), random.pick(TROUBLES))
  },
  recovery(house) {
    house.moods.delete(anyChannel(house))
  },
  trouble_everywhere(house, random) {
    const mood = random.pick(TROUBLES)
    for (const { id } of house.snapshot.channels) house.moods.set(id, mood)
  },
  recovery_everywhere(house) {
    house.moods.clear()
  },
  network_down(house, random) {
    house.isCutOff = true
    house.life.clock.in(random.gapMs(60_000), () => {
      house.isCutOff = false
    })
  },
  active_probe(house, random) {
    const channel = house.snapshot.channels.find(({ id }) => id === anyChannel(house))
    const { health, generation } = house
    const lease = channel && health.begin(channel, 'claude-a')
    if (!lease) return
    const kind = random.pick(['fine', 'fine', 'failed', 'limited'] as const)
    house.life.clock.in(random.between(1, 2000), () => {
      if (house.generation !== generation) return
      health.note(lease, verdict(kind, ''))
      health.release(lease)
    })
  },
  edit(house, random) {
    const id = anyChannel(house)
    const fields = random.pick<object>([
      { priority: random.between(1, 3) },
      { weight: random.between(1, 9) },
      { enabled: random.chance(0.7) },
      { maxConcurrency: random.pick([null, 1, 3]) },
      { apiKey: `sk-ant-api03-${random.between(1, 3)}` },
      { baseUrl: `https://upstream-${random.between(1, 9)}.test` },
    ])
    house.configure(house.snapshot.channels.map((one) => (one.id === id ? { ...one, ...fields } : one)))
  },
  removal(house) {
    const id = anyChannel(house)
    if (house.snapshot.channels.length > 1) {
      house.configure(house.snapshot.channels.filter((channel) => channel.id !== id))
    }
  },
  clear: (house) => house.health.clear(anyChannel(house)),
  pause: (house, random) => house.health.pause(anyChannel(house), house.nowMs + random.gapMs(120_000)),
  restart: (house) => house.restart(),
} as const satisfies Record<string, Event>

/** Each as often as its share: of 100 events, so many. */
const SHARES: Record<keyof typeof EVENTS, number> = {
  trouble: 40,
  recovery: 20,
  trouble_everywhere: 4,
  recovery_everywhere: 7,
  network_down: 4,
  active_probe: 8,
  edit: 9,
  removal: 1,
  clear: 2,
  pause: 3,
  restart: 2,
}
const NAMES = Object.keys(SHARES) as (keyof typeof EVENTS)[]
const LOTS = NAMES.flatMap((name) => new Array(SHARES[name]).fill(name)) as [keyof typeof EVENTS]

export function drawEvent(house: House): void {
  const { random, tell } = house.life
  const event = random.pick(LOTS)
  tell(() => `event: ${event}`)
  house.count(event)
  EVENTS[event](house, random)
}

function anyChannel({ life, snapshot }: House): number {
  return snapshot.channels[life.random.between(0, snapshot.channels.length - 1)]?.id ?? 0
}
