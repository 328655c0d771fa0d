/** What the contract cannot see of the rows of headers: one without a value, and one that is named twice. */
import type { FormRule } from 'antd'
import { useTranslation } from 'react-i18next'
import type { HeaderRow } from './channel-values.ts'

export function useHeaderRule(): FormRule {
  const { t } = useTranslation()
  return {
    validator: async (_: unknown, rows: readonly HeaderRow[] | undefined) => {
      const named = (rows ?? []).filter(({ name }) => name !== '')
      const empty = named.find(({ value }) => value === '')
      if (empty) throw new Error(t('channelForm.headerEmpty', { name: empty.name }))
      const names = named.map(({ name }) => name.trim().toLowerCase())
      const twice = names.find((name, index) => names.indexOf(name) !== index)
      if (twice !== undefined) throw new Error(t('channelForm.headerTwice', { name: twice }))
    },
  }
}
