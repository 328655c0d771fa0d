/** Why a channel is left out or comes last, in the reader's language; a code that this console does not know stays as it is. */
import { useTranslation } from 'react-i18next'
import type { Catalogue } from '../../i18n/en.ts'
import { useFormats } from '../../i18n/use-formats.ts'

type Reason = keyof Catalogue['route']['reasons']

const DAY_MS = 86_400_000

export function useRouteReason(): (reason: string, untilMs?: number | null) => string {
  const { t } = useTranslation()
  const { clock, dateTime } = useFormats()
  return (reason, untilMs = null) => {
    const words = t(`route.reasons.${reason as Reason}`, { defaultValue: reason })
    if (untilMs === null) return words
    const time = untilMs - Date.now() < DAY_MS ? clock(untilMs) : dateTime(untilMs)
    return t('route.until', { why: words, time })
  }
}
