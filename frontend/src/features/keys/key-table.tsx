/** The keys as rows; a switch enables and disables one at once. */
import { type GatewayKeyView, gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { Switch } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../api/use-endpoint.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { ModelPatterns } from '../../components/model-patterns.tsx'
import { RowActions } from '../../components/row-actions.tsx'
import { TimeStamp } from '../../components/time-stamp.tsx'
import { useConfirmDelete } from '../../components/use-confirm-delete.ts'
import { usePanel } from '../../components/use-panel.ts'
import { useTell } from '../../components/use-tell.ts'
import styles from './key-table.module.css'

const columns = (t: TFunction): Column<GatewayKeyView>[] => [
  {
    key: 'name',
    title: t('keys.name'),
    onCard: 'head',
    cell: ({ name }) => <span className={styles['name']}>{name}</span>,
  },
  { key: 'key', title: t('keys.key'), cell: ({ key_hint }) => <code>{key_hint}</code> },
  {
    key: 'models',
    title: t('keys.models'),
    cell: ({ models }) => <ModelPatterns models={models} all={t('channels.allModels')} />,
  },
  {
    key: 'created',
    title: t('keys.created'),
    cell: ({ created_at_ms }) => <TimeStamp timeMs={created_at_ms} />,
  },
  { key: 'enabled', title: t('keys.enabled'), cell: (key) => <EnabledSwitch of={key} /> },
  { key: 'actions', title: '', align: 'end', onCard: 'corner', cell: (key) => <Actions of={key} /> },
]

export function KeyTable({ keys }: { keys: readonly GatewayKeyView[] }) {
  const { t } = useTranslation()
  return <DataTable label={t('keys.title')} columns={columns(t)} rows={keys} rowKey={({ id }) => id} />
}

function EnabledSwitch({ of: { id, name, enabled } }: { of: GatewayKeyView }) {
  const { t } = useTranslation()
  const tell = useTell()
  const update = useAction(gatewayKeyEndpoints.update, [gatewayKeyEndpoints.list])
  const flip = (on: boolean) =>
    update.mutate({ params: { id }, body: { enabled: on } }, { onError: tell.failed })
  return (
    <Switch
      size="small"
      checked={enabled}
      loading={update.isPending}
      onChange={flip}
      aria-label={t(enabled ? 'keys.switchOff' : 'keys.switchOn', { name })}
    />
  )
}

function Actions({ of: { id, name } }: { of: GatewayKeyView }) {
  const { t } = useTranslation()
  const { open } = usePanel('edit')
  const remove = useConfirmDelete(gatewayKeyEndpoints.remove, [gatewayKeyEndpoints.list])
  const question = { title: t('keys.deleteTitle', { name }), hint: t('keys.deleteHint') }
  return (
    <RowActions name={name} onEdit={() => open(id)} onDelete={() => remove({ params: { id } }, question)} />
  )
}
