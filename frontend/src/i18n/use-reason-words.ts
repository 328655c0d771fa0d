/** Says the gateway's own sentences in the reader's language: by their code and values, or as the gateway worded them. */
import type { Reason, ReasonCode, ReasonValue } from '@claude-gateway/contract/reason.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Formats } from './formats.ts'
import { useFormats } from './use-formats.ts'
import { createZoneFormats } from './zone-formats.ts'

type Values = Reason['values']

/** The text is told where there are no parts, or parts that this console does not know. */
type SayReason = (parts: Reason | null, text: string) => string

export function useReasonWords(): SayReason {
  const { t, i18n } = useTranslation()
  const formats = useFormats()
  const isKnown = ({ code, values }: Reason): boolean =>
    i18n.exists(`reasons.${code}`) &&
    Object.values(values).every((value) => typeof value !== 'object' || isKnown(value))
  return (parts, text) =>
    parts !== null && isKnown(parts) ? wordsOf(parts, { t, formats, language: i18n.language }) : text
}

interface Tongue {
  readonly t: TFunction
  readonly formats: Formats
  readonly language: string
}

/** A full stop behind what ends with one already is left out. */
function wordsOf({ code, values }: { code: ReasonCode; values: Values }, tongue: Tongue): string {
  const replace = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, valueWords(name, value, { values, tongue })]),
  )
  return tongue.t(`reasons.${code}`, { replace }).replace(/([.!?…。！？])[.。]$/, '$1')
}

interface Surroundings {
  readonly values: Values
  readonly tongue: Tongue
}

function valueWords(name: string, value: ReasonValue, { values, tongue }: Surroundings): string {
  if (typeof value === 'string') return value
  if (typeof value === 'object') return wordsOf(value, tongue)
  const { formats, language } = tongue
  if (name === 'resets_at_ms') return createZoneFormats(language, String(values['zone'])).moment(value)
  return FORMATS[name]?.(formats, value) ?? String(value)
}

/** By the unit that ends a value's name. */
const FORMATS: Readonly<Record<string, (formats: Formats, value: number) => string>> = {
  until_ms: ({ moment }, atMs) => moment(atMs, Date.now()),
  expired_at_ms: ({ dateTime }, atMs) => dateTime(atMs),
  duration_ms: ({ duration }, ms) => duration(ms),
  limit_nano_usd: ({ price }, nanoUsd) => price(nanoUsd),
  limit: ({ integer }, value) => integer(value),
  tokens: ({ integer }, value) => integer(value),
  bytes: ({ integer }, value) => integer(value),
}
