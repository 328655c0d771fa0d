/** The head of a channel's page: its name and state, and what can be done to it. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import { Button, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { ChannelStateLine } from '../../../components/channel-state/channel-state-line.tsx'
import { DetailHead } from '../../../components/detail-head.tsx'
import { usePanel } from '../../../components/use-panel.ts'
import { ChannelMenu } from '../commands/channel-menu.tsx'
import { useChannelCommands } from '../commands/use-channel-commands.ts'
import { ChannelReason } from '../state/channel-reason.tsx'

export function ChannelHead({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation()
  const [test, edit] = [usePanel('test'), usePanel('edit')]
  const { activate, deactivate, pending } = useChannelCommands()
  const { id, name, enabled } = channel
  return (
    <DetailHead
      back={{ to: '/channels', label: t('channels.title') }}
      title={name}
      beside={<ChannelStateLine state={channel.state} />}
      actions={
        <>
          <Switch
            checked={enabled}
            loading={pending}
            onChange={(on) => void (on ? activate : deactivate)([channel])}
            aria-label={t(enabled ? 'channels.switchOff' : 'channels.switchOn', { name })}
          />
          <Button onClick={() => test.open(id)}>{t('channels.test')}</Button>
          <Button onClick={() => edit.open(id)}>{t('act.edit')}</Button>
          <ChannelMenu channel={channel} without={['open', 'test', 'edit', 'flip']} size="middle" />
        </>
      }
    >
      <ChannelReason channel={channel} />
    </DetailHead>
  )
}
