/** A day of the price list. Prices begin at midnight UTC, wherever they are read. */
import { useTranslation } from 'react-i18next'

export function useDay(): (timeMs: number) => string {
  const { i18n } = useTranslation()
  const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeZone: 'UTC' })
  return (timeMs) => format.format(timeMs)
}
