/** Whether the log is live, and the log as a file. */
import { DownloadOutlined } from '@ant-design/icons'
import { type RequestLogFilter, requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { addressOf } from '../../api/client.ts'
import styles from './request-tools.module.css'

interface RequestToolsProps {
  filter: RequestLogFilter
  live: boolean
  onResume: () => void
}

export function RequestTools({ filter, live, onResume }: RequestToolsProps) {
  const { t } = useTranslation()
  return (
    <>
      {live ? (
        <span className={styles['live']}>{t('requests.live')}</span>
      ) : (
        <Button type="text" onClick={onResume}>
          {t('requests.resume')}
        </Button>
      )}
      <Button
        icon={<DownloadOutlined />}
        href={addressOf(requestLogEndpoints.export, { query: filter })}
        download
      >
        {t('requests.export')}
      </Button>
    </>
  )
}
