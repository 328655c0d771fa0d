/** Everything that can be done to a channel, behind three dots. */
import { MoreOutlined } from '@ant-design/icons'
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import { Button, Dropdown, type MenuProps } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { isCleared } from '../../../components/channel-state/channel-states.ts'
import { usePanel } from '../../../components/use-panel.ts'
import { useChannelCommands } from './use-channel-commands.ts'

interface ChannelMenuProps {
  channel: ChannelView
  /** What has a button of its own beside the menu. */
  without?: readonly string[]
  size?: 'small' | 'middle'
}

export function ChannelMenu({ channel, without = [], size = 'small' }: ChannelMenuProps) {
  const { t } = useTranslation()
  const items = useItems(channel).filter((item) => !without.includes(String(item?.key)))
  return (
    <Dropdown trigger={['click']} placement="bottomRight" menu={{ items }}>
      <Button
        size={size}
        type={size === 'small' ? 'text' : 'default'}
        icon={<MoreOutlined />}
        aria-label={t('act.more', { name: channel.name })}
      />
    </Dropdown>
  )
}

function useItems(channel: ChannelView): NonNullable<MenuProps['items']> {
  const { t } = useTranslation()
  const go = useNavigate()
  const commands = useChannelCommands()
  const panels = { edit: usePanel('edit'), test: usePanel('test'), copy: usePanel('copy') }
  const [pause, remove] = [usePanel('pause'), usePanel('delete')]
  const { id, enabled, state } = channel
  const clear = {
    key: 'clear',
    label: t(state.state === 'paused' ? 'channels.resume' : 'channels.clear'),
    onClick: () => void commands.clear([channel]),
  }
  const flip = enabled
    ? { key: 'flip', label: t('channels.deactivate'), onClick: () => void commands.deactivate([channel]) }
    : { key: 'flip', label: t('channels.activate'), onClick: () => void commands.activate([channel]) }
  return [
    { key: 'open', label: t('channels.open'), onClick: () => void go(`/channels/${id}`) },
    { key: 'test', label: t('channels.test'), onClick: () => panels.test.open(id) },
    { key: 'edit', label: t('act.edit'), onClick: () => panels.edit.open(id) },
    { key: 'copy', label: t('channels.duplicate'), onClick: () => panels.copy.open(id) },
    { type: 'divider', key: 'then' },
    ...(isCleared(state) ? [] : [clear]),
    ...(enabled ? [{ key: 'pause', label: t('channels.pauseFor'), onClick: () => pause.open(id) }] : []),
    flip,
    { type: 'divider', key: 'last' },
    { key: 'delete', label: t('channels.delete'), danger: true, onClick: () => remove.open(id) },
  ]
}
