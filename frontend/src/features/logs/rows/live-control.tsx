/** Says whether new requests come by themselves, and holds them back on demand. */
import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import styles from './live-control.module.css'
import type { Hold } from './use-hold.ts'
import type { RequestRows } from './use-request-window.ts'

export function LiveControl({ list, hold: { isPaused, pause } }: { list: RequestRows; hold: Hold }) {
  const { t } = useTranslation()
  return (
    <>
      <Tooltip title={list.isStreaming ? null : t('live.pollingHint')}>
        <span className={styles['live']} data-paused={isPaused}>
          {t(isPaused ? 'live.paused' : 'live.on')}
        </span>
      </Tooltip>
      <Button
        icon={isPaused ? <CaretRightOutlined aria-hidden /> : <PauseOutlined aria-hidden />}
        aria-pressed={isPaused}
        onClick={() => pause(!isPaused)}
      >
        {t(isPaused ? 'live.resume' : 'live.pause')}
      </Button>
    </>
  )
}
