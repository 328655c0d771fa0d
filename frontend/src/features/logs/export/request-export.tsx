/** The log as a file: how much it will be, then a bar until it is there. */
import { type RequestLogFilter, requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import { Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { addressOf } from '../../../api/client.ts'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import { QueryView } from '../../../components/query-view.tsx'
import { useFormats } from '../../../i18n/use-formats.ts'
import styles from './export.module.css'
import { useDownload } from './use-download.ts'

export function RequestExport({ filter }: { filter: RequestLogFilter }) {
  const manifest = useEndpoint(requestLogEndpoints.manifest, { query: filter })
  return (
    <div className={styles['part']}>
      <QueryView query={manifest}>
        {({ rows, cost_nano_usd }) => <Download filter={filter} rows={rows} costNanoUsd={cost_nano_usd} />}
      </QueryView>
    </div>
  )
}

const BAR_STATES = { idle: 'normal', running: 'active', done: 'success', failed: 'exception' } as const

/** What is better written to the disk than kept in memory first. */
const LARGE_ROWS = 200_000

interface DownloadProps {
  filter: RequestLogFilter
  rows: number
  costNanoUsd: number
}

function Download({ filter, rows, costNanoUsd }: DownloadProps) {
  const { t } = useTranslation()
  const { integer, price, percent } = useFormats()
  const { state, lines, start, cancel } = useDownload()
  const address = addressOf(requestLogEndpoints.export, { query: filter })
  const share = state === 'done' ? 1 : Math.min(0.99, lines / Math.max(1, rows))
  return (
    <>
      <p>{t('export.holds', { rows: integer(rows), cost: price(costNanoUsd) })}</p>
      {state === 'idle' ? null : (
        <Progress
          percent={share * 100}
          format={() => percent(share)}
          status={BAR_STATES[state]}
          aria-label={t('export.progress')}
        />
      )}
      <div className={styles['acts']} role="status">
        <span>{state === 'idle' ? null : t(`export.states.${state}`, { lines: integer(lines) })}</span>
        {state === 'running' ? (
          <Button onClick={cancel}>{t('act.cancel')}</Button>
        ) : (
          <Button
            type="primary"
            onClick={() => void start(address, 'requests', rows > LARGE_ROWS)}
            disabled={rows === 0}
          >
            {t('export.download')}
          </Button>
        )}
      </div>
    </>
  )
}
