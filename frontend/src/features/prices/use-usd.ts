/** A price as it stands on a list: US dollars, with as many decimals as it has. */
import { useFormats } from '../../i18n/use-formats.ts'

export function useUsd(): (usd: number) => string {
  const { decimal } = useFormats()
  return (usd) => `$${decimal(usd)}`
}
