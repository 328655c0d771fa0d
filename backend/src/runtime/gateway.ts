/** All that the data plane may reach for. */
import type { Connections } from '../upstream/connections.ts'
import type { BodyArchive } from './body-archive.ts'
import type { ChannelHealthKeeper } from './channel-health.ts'
import type { CountTokensSupport } from './count-tokens-support.ts'
import type { Journal } from './journal.ts'
import type { KeyLimits } from './key-limits.ts'
import type { KeyUses } from './key-uses.ts'
import type { Log } from './log.ts'
import type { Sessions } from './sessions.ts'
import type { SnapshotHolder } from './snapshot.ts'

/** Limits and times of the data plane; the defaults are the contract's. */
export interface ProxyLimits {
  /** Rule A8. */
  readonly bodyMaxBytes: number
  /** Attempts a request; the first included. */
  readonly attemptsMax: number
  /** Rule D3: until the first content of a stream, over all attempts. */
  readonly firstContentMs: number
  /** The same for a plain answer, which comes whole when it comes: the SDK's own time-out. */
  readonly plainAnswerMs: number
  /** The same for counting tokens, which a client can do by itself. */
  readonly countTokensMs: number
  /** Until an attempt's first byte, while another channel could still be tried. */
  readonly firstByteMs: number
  /** Rule C6: how long after `message_start` a stream may take to show content before it is trusted. */
  readonly settleMs: number
  /** Rule C5: silence in a committed stream, after which a ping is sent. */
  readonly pingMs: number
  /** Silence of the upstream in a committed stream, after which it is given up. */
  readonly idleMs: number
  /** How long a request waits for room within its key's limits; shorter than `pingMs`, since nothing is sent meanwhile. */
  readonly admissionWaitMs: number
  /** Requests of one key that wait so at once. */
  readonly admissionsWaitingMax: number
  /** How often it is read what other processes have spent of the budgets. */
  readonly spendingPollMs: number
}

export const DEFAULT_LIMITS: ProxyLimits = {
  bodyMaxBytes: 32 * 1024 * 1024,
  attemptsMax: 4,
  firstContentMs: 120_000,
  plainAnswerMs: 600_000,
  countTokensMs: 20_000,
  firstByteMs: 60_000,
  settleMs: 1000,
  pingMs: 20_000,
  idleMs: 300_000,
  admissionWaitMs: 5000,
  admissionsWaitingMax: 100,
  spendingPollMs: 2000,
}

export interface Gateway {
  readonly snapshot: SnapshotHolder
  readonly connections: Connections
  readonly health: ChannelHealthKeeper
  readonly countTokens: CountTokensSupport
  readonly keyLimits: KeyLimits
  readonly keyUses: KeyUses
  readonly sessions: Sessions
  readonly journal: Journal
  /** For keys that want their bodies kept. */
  readonly bodies: BodyArchive
  readonly limits: ProxyLimits
  readonly log: Log
}
