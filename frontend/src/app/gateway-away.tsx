/** Says on every page that the gateway does not answer, for as long as what the page reads stays unanswered. */
import { useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/api-error.ts'
import { StateDot } from '../components/state-dot.tsx'
import styles from './gateway-away.module.css'

function useIsAway(): boolean {
  const cache = useQueryClient().getQueryCache()
  const isAway = () =>
    cache
      .findAll({ type: 'active' })
      .some(({ state: { error } }) => error instanceof ApiError && error.code === 'gateway_unreachable')
  return useSyncExternalStore((changed) => cache.subscribe(changed), isAway)
}

export function GatewayAway() {
  const { t } = useTranslation()
  const away = useIsAway()
  return (
    <div role="status" className={styles['away']}>
      {away ? <StateDot tone="bad">{t('state.away')}</StateDot> : null}
    </div>
  )
}
