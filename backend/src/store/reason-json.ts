/** A reason as JSON: its code and its values by their place, without their names, since rows of the log hold many. */
import {
  isReasonCode,
  type Reason,
  type ReasonCode,
  type ReasonValue,
  type Told,
  valueNamesOf,
} from '@claude-gateway/contract/reason.ts'
import { boundedText } from './columns.ts'

export type PackedReason = readonly [ReasonCode, ...PackedValue[]]
type PackedValue = string | number | PackedReason

/** Clients and upstreams have a say in the values. */
const TEXT_MAX_LENGTH = 500

export function packReason({ code, values }: Reason): PackedReason {
  return [code, ...valueNamesOf(code).map((name) => packed(values[name] ?? ''))]
}

function packed(value: ReasonValue): PackedValue {
  if (typeof value === 'object') return packReason(value)
  return typeof value === 'string' ? boundedText(value, TEXT_MAX_LENGTH) : value
}

/** A text, which an older version stored, stays one; so does what this version has no sentence for. */
export function unpackReason(stored: unknown): Told {
  const value = unpacked(stored)
  return typeof value === 'number' ? String(value) : value
}

function unpacked(stored: unknown): ReasonValue {
  if (typeof stored === 'string' || typeof stored === 'number') return stored
  if (!Array.isArray(stored)) return ''
  const [code, ...values] = stored as unknown[]
  if (!isReasonCode(code)) return stored.flat(Number.POSITIVE_INFINITY).join(' ')
  const named = valueNamesOf(code).map((name, place) => [name, unpacked(values[place])] as const)
  return { code, values: Object.fromEntries(named) }
}

export interface ReasonColumns {
  readonly text: string | null
  readonly parts: string | null
}

const NO_REASON: ReasonColumns = { text: null, parts: null }

/** The two columns of a reason: a text where it is one, else its parts, from which the text follows. */
export function reasonColumns(told: Told | null, maxLength: number): ReasonColumns {
  if (told === null) return NO_REASON
  const isText = typeof told === 'string'
  return {
    text: isText ? boundedText(told, maxLength) : null,
    parts: isText ? null : JSON.stringify(packReason(told)),
  }
}

export const readReason = (text: string | null, parts: string | null): Told | null =>
  parts === null ? text : unpackReason(JSON.parse(parts))
