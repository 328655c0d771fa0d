/** How a group of the statistics is called, and where its requests are. */
import type { StatsGroup } from '@claude-gateway/contract/stats.ts'
import { useTranslation } from 'react-i18next'
import type { Split } from './dashboard-search.ts'

type Named = Pick<StatsGroup, 'group' | 'name'>

export function useGroupName(by: Split): (group: Named) => string {
  const { t } = useTranslation()
  return ({ group, name }) => {
    if (group === null) return t(`dashboard.none.${by}`)
    return name ?? (by === 'model' ? group : t('dashboard.deleted', { id: group }))
  }
}

/** The filter of the log that holds a group alone; of requests that belong to none there is no such filter. */
export function groupFilter(by: Split, { group }: Named) {
  if (group === null) return {}
  if (by === 'model') return { model: group }
  return by === 'channel' ? { channel_id: Number(group) } : { key_id: Number(group) }
}
