/** The mappings as rows, in the order in which they are looked at. */
import { ArrowRightOutlined } from '@ant-design/icons'
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import { type MappingView, mappingEndpoints } from '@claude-gateway/contract/mapping.ts'
import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { RowActions } from '../../components/row-actions.tsx'
import { useConfirmDelete } from '../../components/use-confirm-delete.ts'
import { usePanel } from '../../components/use-panel.ts'
import { channelsOf } from './mapping-reach.ts'
import styles from './mapping-table.module.css'

interface MappingTableProps {
  /** Those to be shown. */
  mappings: readonly MappingView[]
  /** All there are: what one does depends on the others. */
  all: readonly MappingView[]
  channels: readonly ChannelView[]
}

export function MappingTable({ mappings, all, channels }: MappingTableProps) {
  const { t } = useTranslation()
  const columns: Column<MappingView>[] = [
    {
      key: 'display',
      title: t('mappings.display'),
      onCard: 'head',
      cell: (mapping) => <code>{mapping.display_model}</code>,
    },
    { key: 'upstream', title: t('mappings.upstream'), cell: (mapping) => <Target mapping={mapping} /> },
    { key: 'channel', title: t('mappings.channel'), cell: (mapping) => <Scope mapping={mapping} /> },
    {
      key: 'on',
      title: t('mappings.holds'),
      cell: (mapping) => <Reach names={channelsOf(mapping, all, channels).map(({ name }) => name)} />,
    },
    {
      key: 'actions',
      title: '',
      align: 'end',
      onCard: 'corner',
      cell: (mapping) => <Actions mapping={mapping} />,
    },
  ]
  return <DataTable label={t('mappings.title')} columns={columns} rows={mappings} rowKey={({ id }) => id} />
}

function Target({ mapping }: { mapping: MappingView }) {
  return (
    <span className={styles['target']}>
      <ArrowRightOutlined aria-hidden="true" />
      <code>{mapping.upstream_model}</code>
    </span>
  )
}

function Scope({ mapping }: { mapping: MappingView }) {
  const { t } = useTranslation()
  if (mapping.channel_id !== null) return mapping.channel_name
  return <span className={styles['every']}>{t('mappings.everyChannel')}</span>
}

/** On how many channels it stands; the names on hover. */
function Reach({ names }: { names: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <Tooltip title={names.join(' · ')}>
      <span className={styles['every']}>{t('mappings.on', { count: names.length })}</span>
    </Tooltip>
  )
}

function Actions({ mapping }: { mapping: MappingView }) {
  const { t } = useTranslation()
  const { open } = usePanel('edit')
  const remove = useConfirmDelete(mappingEndpoints.remove, [mappingEndpoints.list])
  const name = mapping.display_model
  const question = { title: t('mappings.deleteTitle', { name }), hint: t('mappings.deleteHint') }
  return (
    <RowActions
      name={name}
      onEdit={() => open(mapping.id)}
      onDelete={() => remove({ params: { id: mapping.id } }, question)}
    />
  )
}
