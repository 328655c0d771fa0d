/** At the end of a channel's row: the switch, the test, and the menu with all the rest. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import { Button, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { usePanel } from '../../../components/use-panel.ts'
import { ChannelMenu } from '../commands/channel-menu.tsx'
import { useChannelCommands } from '../commands/use-channel-commands.ts'
import styles from './channel-actions.module.css'

export function ChannelActions({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation()
  const { name, id, enabled } = channel
  const test = usePanel('test')
  const { activate, deactivate, pending } = useChannelCommands()
  return (
    <div className={styles['actions']}>
      <Switch
        size="small"
        checked={enabled}
        loading={pending}
        onChange={(on) => void (on ? activate : deactivate)([channel])}
        aria-label={t(enabled ? 'channels.switchOff' : 'channels.switchOn', { name })}
      />
      <Button
        size="small"
        className={styles['test'] ?? ''}
        onClick={() => test.open(id)}
        aria-label={`${t('channels.test')}: ${name}`}
      >
        {t('channels.test')}
      </Button>
      <ChannelMenu channel={channel} without={['flip']} />
    </div>
  )
}
