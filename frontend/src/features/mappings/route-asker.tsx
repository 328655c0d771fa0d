/** Whose request it would be: a session of a key, which has its own order among equal channels, and a warm one. */
import { gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { SearchWords } from '../../components/search-words.tsx'
import styles from './route-box.module.css'
import type { Asked } from './route-question.ts'

type Asker = Omit<Asked, 'model'>

interface RouteAskerProps {
  asker: Asker
  onChange: (change: { [Name in keyof Asker]?: Asker[Name] | undefined }) => void
}

export function RouteAsker({ asker: { key_id, session_id }, onChange }: RouteAskerProps) {
  const { t } = useTranslation()
  const keys = useEndpoint(gatewayKeyEndpoints.list, {}).data?.data ?? []
  return (
    <>
      <Select<number>
        className={styles['key'] ?? ''}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('route.key')}
        placeholder={t('route.anyKey')}
        options={keys.map(({ id, name }) => ({ value: id, label: name }))}
        value={key_id ?? null}
        popupMatchSelectWidth={false}
        onChange={(id) => onChange({ key_id: id })}
      />
      <div className={styles['session']}>
        <SearchWords
          label={t('route.session')}
          value={session_id}
          onSearch={(id) => onChange({ session_id: id })}
        />
      </div>
    </>
  )
}
