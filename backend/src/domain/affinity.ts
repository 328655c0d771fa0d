/** Which channel a session prefers: the warm one, else one chosen by weight that stays the same. Rules D1 and D8. */

import { withoutWindowHint } from './model-name.ts'

/** Clients choose both names; a hundred thousand sessions are kept in memory. */
const NAME_MAX = 300

/** A session is one within one gateway key and one model. */
export function sessionKey(keyId: number, model: string, session: string): string {
  return `${keyId}\n${withoutWindowHint(model).slice(0, NAME_MAX)}\n${session.slice(0, NAME_MAX)}`
}

/** A request's plan, as far as its session's binding hangs on it. */
interface Plan {
  readonly warmChannelId: number | null
  readonly candidates: readonly { readonly id: number; readonly last?: string }[]
}

/**
 * D8: a spill-over for capacity does not overwrite a binding: the warm channel was full, no more, and is asked again.
 * Nor is a channel bound that was itself full.
 */
export function bindsSession({ warmChannelId, candidates }: Plan, answeredBy: number): boolean {
  if (answeredBy === warmChannelId) return true
  return candidates.every(({ id, last }) => last !== 'full' || (id !== warmChannelId && id !== answeredBy))
}

/** Milliseconds that an upstream keeps a session's prompt cache, since its last use. */
export const WARM_MS = 300_000
/** The same where the request carries 1 h cache marks. */
export const WARM_1H_MS = 3_600_000

/**
 * A session's scores for channels, by weighted rendezvous hashing (Thaler and Ravishankar; Schindelhauer and
 * Schomaker for weights): the highest score wins, sessions spread by weight, and a channel that goes or comes moves
 * only its own.
 *
 * @returns the score of a channel by its weight, which is positive: twice the weight gets twice the sessions.
 */
export function preferences(seed: string): (channelId: number, weight: number) => number {
  const hash = hashed(seed)
  return (channelId, weight) => {
    const unit = (mixed(hash, channelId) + 0.5) / 4_294_967_296
    return -weight / Math.log(unit)
  }
}

/** FNV-1a, 32 bits. */
function hashed(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash
}

/** MurmurHash3's finaliser over both, so that neighbouring ids give unrelated numbers. */
function mixed(hash: number, channelId: number): number {
  let mix = hash ^ Math.imul(channelId, 0x9e3779b1)
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b)
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35)
  return (mix ^ (mix >>> 16)) >>> 0
}
