/** What can be done to the channels that are picked; it floats over the page's foot, so that nothing moves. */
import { CloseOutlined } from '@ant-design/icons'
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PauseDialog } from '../commands/pause-dialog.tsx'
import { useChannelCommands } from '../commands/use-channel-commands.ts'
import styles from './bulk-bar.module.css'
import type { Selection } from './use-selection.ts'

interface BulkBarProps {
  channels: readonly ChannelView[]
  selection: Selection
}

export function BulkBar({ channels, selection }: BulkBarProps) {
  const { t } = useTranslation()
  const commands = useChannelCommands()
  const [pausing, setPausing] = useState(false)
  const picked = channels.filter(({ id }) => selection.ids.has(id))
  if (picked.length === 0) return null
  const isAll = picked.length === channels.length
  return (
    <section className={styles['bar']} aria-label={t('bulk.label')}>
      <Checkbox
        checked={isAll}
        indeterminate={!isAll}
        onChange={() => selection.set(isAll ? [] : channels.map(({ id }) => id))}
        aria-label={t('bulk.all')}
      >
        <span role="status">{t('bulk.picked', { number: picked.length })}</span>
      </Checkbox>
      <div className={styles['acts']}>
        {(['activate', 'deactivate', 'clear'] as const).map((command) => (
          <Button key={command} size="small" onClick={() => void commands[command](picked)}>
            {t(`bulk.${command}`)}
          </Button>
        ))}
        <Button size="small" onClick={() => setPausing(true)}>
          {t('channels.pauseFor')}
        </Button>
      </div>
      <Button
        size="small"
        type="text"
        icon={<CloseOutlined />}
        aria-label={t('bulk.none')}
        onClick={() => selection.set([])}
      />
      {pausing ? <PauseDialog channels={picked} onClose={() => setPausing(false)} /> : null}
    </section>
  )
}
