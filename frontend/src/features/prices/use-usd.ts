/** A price as it stands on a list: US dollars, with as many decimals as it has, two at least. */
import { useTranslation } from 'react-i18next'

export function useUsd(): (usd: number) => string {
  const { i18n } = useTranslation()
  const format = new Intl.NumberFormat(i18n.language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 6,
  })
  return (usd) => format.format(usd)
}
