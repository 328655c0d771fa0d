/** A reason: one of the gateway's own sentences as a code of a closed list, and the values that stand in it. */
import { z } from 'zod'
import { REASONS } from './reasons.ts'

export type ReasonCode = keyof typeof REASONS

/** A value's unit is the end of its name: `until_ms`, `seconds`, `limit_nano_usd`. What an upstream said is a text as it came. */
export type ReasonValue = string | number | Reason

export interface Reason {
  readonly code: ReasonCode
  readonly values: Readonly<Record<string, ReasonValue>>
}

/** A reason, or the words of it that an older version stored. */
export type Told = Reason | string

type NamesIn<Words extends string> = Words extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never
type NamesOf<Code extends ReasonCode> = NamesIn<(typeof REASONS)[Code]>
type ValuesOf<Code extends ReasonCode> = Readonly<Record<NamesOf<Code>, ReasonValue>>

const NOTHING = {} as const

/** A sentence with the values that its words name; a missing or an additional one does not compile. */
export function reason<Code extends ReasonCode>(
  code: Code,
  ...[values]: [NamesOf<Code>] extends [never] ? [] : [ValuesOf<Code>]
): Reason {
  return { code, values: values ?? NOTHING }
}

/** null for a text: it has no parts. */
export const partsOf = (told: Told | null): Reason | null => (typeof told === 'string' ? null : told)

export const isReasonCode = (code: unknown): code is ReasonCode =>
  typeof code === 'string' && Object.hasOwn(REASONS, code)

/** The values that a sentence names, in the order of its English words. */
export const valueNamesOf = (code: ReasonCode): string[] =>
  [...REASONS[code].matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '')

const valueSchema: z.ZodType<ReasonValue> = z.lazy(() => z.union([z.string(), z.number(), reasonSchema]))

export const reasonSchema: z.ZodType<Reason> = z
  .object({
    code: z.enum(Object.keys(REASONS).filter(isReasonCode)),
    values: z.record(z.string(), valueSchema),
  })
  .meta({ id: 'Reason' })
