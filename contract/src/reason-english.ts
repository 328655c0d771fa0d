/** Says a reason in English: the texts of the API, of the errors that clients get, and of our own log. */
import type { Reason, ReasonValue, Told } from './reason.ts'
import { REASONS } from './reasons.ts'

type Values = Reason['values']

/** A text is its own words: an older version stored it. */
export function inEnglish(told: Told): string {
  if (typeof told === 'string') return told
  const { code, values } = told
  return REASONS[code]
    .replace(/\{\{(\w+)\}\}/g, (_, name: string) => valueInEnglish(name, values))
    .replace(/([.!?…])\.$/, '$1')
}

function valueInEnglish(name: string, values: Values): string {
  const value = values[name] ?? ''
  if (typeof value !== 'number') return inEnglish(value)
  return FORMATS[name]?.(value, values) ?? String(value)
}

const count = (value: number): string => value.toLocaleString('en')

/** By name, where the figure alone would not do. */
const FORMATS: Readonly<Record<string, (value: number, values: Values) => string>> = {
  limit: count,
  tokens: count,
  duration_ms: (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`),
  until_ms: (atMs) => new Date(atMs).toISOString().replace('.000Z', 'Z'),
  expired_at_ms: (atMs) => new Date(atMs).toISOString().slice(0, 10),
  resets_at_ms: (atMs, { zone }) => momentIn(zone, atMs),
  limit_nano_usd: dollars,
}

/** `Aug 8, 00:00`. */
function momentIn(zone: ReasonValue | undefined, atMs: number): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-US', { timeZone: String(zone), ...options }).format(atMs)
  const day = format({ month: 'short', day: 'numeric' })
  return `${day}, ${format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })}`
}

function dollars(nanoUsd: number): string {
  const usd = nanoUsd / 1_000_000_000
  return `$${usd < 0.01 ? String(usd) : usd.toFixed(2)}`
}
