/** Switch a channel on or off, test it, edit it, delete it. */
import { MoreOutlined } from '@ant-design/icons'
import { type ChannelView, channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { mappingEndpoints } from '@claude-gateway/contract/mapping.ts'
import { Button, Dropdown, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../../api/use-endpoint.ts'
import { useConfirmDelete } from '../../../components/use-confirm-delete.ts'
import { usePanel } from '../../../components/use-panel.ts'
import { useTell } from '../../../components/use-tell.ts'
import styles from './channel-actions.module.css'

/** Activates or deactivates, and says what that means. */
function useSwitch(channel: ChannelView) {
  const { t } = useTranslation()
  const tell = useTell()
  const activate = useAction(channelEndpoints.activate, [channelEndpoints.list])
  const deactivate = useAction(channelEndpoints.deactivate, [channelEndpoints.list])
  const call = { params: { id: channel.id } }
  return {
    pending: activate.isPending || deactivate.isPending,
    flip: (on: boolean) =>
      (on ? activate : deactivate).mutate(call, {
        onSuccess: ({ name }) => tell.done(t(on ? 'channels.activated' : 'channels.deactivated', { name })),
        onError: tell.failed,
      }),
  }
}

export function ChannelActions({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation()
  const { name, id } = channel
  const [edit, test] = [usePanel('edit'), usePanel('test')]
  const { flip, pending } = useSwitch(channel)
  const remove = useConfirmDelete(channelEndpoints.remove, [channelEndpoints.list, mappingEndpoints.list])
  const ask = () =>
    remove({ params: { id } }, { title: t('channels.deleteTitle', { name }), hint: t('channels.deleteHint') })
  const items = [
    { key: 'edit', label: t('act.edit'), onClick: () => edit.open(id) },
    { key: 'delete', label: t('act.delete'), danger: true, onClick: ask },
  ]
  const flipLabel = t(channel.enabled ? 'channels.switchOff' : 'channels.switchOn', { name })
  return (
    <div className={styles['actions']}>
      <Switch
        size="small"
        checked={channel.enabled}
        loading={pending}
        onChange={flip}
        aria-label={flipLabel}
      />
      <Button size="small" onClick={() => test.open(id)} aria-label={`${t('channels.test')}: ${name}`}>
        {t('channels.test')}
      </Button>
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button size="small" type="text" icon={<MoreOutlined />} aria-label={t('act.more', { name })} />
      </Dropdown>
    </div>
  )
}
