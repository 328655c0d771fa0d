/** Everything that can be done to a key, behind three dots. */
import { MoreOutlined } from '@ant-design/icons'
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { usePanel } from '../../../components/use-panel.ts'

interface KeyMenuProps {
  of: Pick<GatewayKeyView, 'id' | 'name'>
  /** What has a button of its own beside the menu. */
  without?: readonly string[]
  size?: 'small' | 'middle'
}

export function KeyMenu({ of: { id, name }, without = [], size = 'small' }: KeyMenuProps) {
  const { t } = useTranslation()
  const go = useNavigate()
  const [edit, rotate, remove] = [usePanel('edit'), usePanel('rotate'), usePanel('delete')]
  const items = [
    { key: 'open', label: t('keys.open'), onClick: () => void go(`/keys/${id}`) },
    { key: 'edit', label: t('act.edit'), onClick: () => edit.open(id) },
    { key: 'rotate', label: t('keys.rotate'), onClick: () => rotate.open(id) },
    { key: 'log', label: t('keys.itsRequests'), onClick: () => void go(`/requests?key_id=${id}`) },
    { type: 'divider' as const, key: 'last' },
    { key: 'delete', label: t('keys.delete'), danger: true, onClick: () => remove.open(id) },
  ].filter((item) => !without.includes(item.key))
  return (
    <Dropdown trigger={['click']} placement="bottomRight" menu={{ items }}>
      <Button
        size={size}
        type={size === 'small' ? 'text' : 'default'}
        icon={<MoreOutlined />}
        aria-label={t('act.more', { name })}
      />
    </Dropdown>
  )
}
