/** An attempt's result code in words; a code that this console does not know is shown as it is. */
import { useTranslation } from 'react-i18next'
import { en } from '../../../i18n/en.ts'

type Known = keyof typeof en.request.results
const isKnown = (result: string): result is Known => Object.hasOwn(en.request.results, result)

export function useAttemptWords(): (result: string) => string {
  const { t } = useTranslation()
  return (result) => (isKnown(result) ? t(`request.results.${result}`) : result)
}
