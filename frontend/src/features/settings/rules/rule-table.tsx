/** The rules in the order in which they are asked; the first that matches decides. */
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { type OutcomeRuleView, outcomeRuleEndpoints } from '@claude-gateway/contract/outcome-rule.ts'
import { Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAction, useEndpoint } from '../../../api/use-endpoint.ts'
import { type Column, DataTable } from '../../../components/data-table.tsx'
import { RowActions } from '../../../components/row-actions.tsx'
import { useConfirmDelete } from '../../../components/use-confirm-delete.ts'
import { useTell } from '../../../components/use-tell.ts'
import { ruleBody } from './rule-values.ts'

interface RuleTableProps {
  rules: readonly OutcomeRuleView[]
  onOpen: (id: number) => void
}

export function RuleTable({ rules, onOpen }: RuleTableProps) {
  const { t } = useTranslation()
  const channels = useEndpoint(channelEndpoints.list, {}).data?.data ?? []
  const remove = useConfirmDelete(outcomeRuleEndpoints.remove, [outcomeRuleEndpoints.list])
  const channelOf = (id: number | null) =>
    id === null ? t('rules.everyChannel') : (channels.find((one) => one.id === id)?.name ?? `#${id}`)
  const columns: Column<OutcomeRuleView>[] = [
    { key: 'name', title: t('rules.name'), onCard: 'head', cell: ({ name }) => name },
    { key: 'when', title: t('rules.when'), cell: (rule) => <When rule={rule} /> },
    { key: 'kind', title: t('rules.means'), cell: ({ kind }) => t(`rules.kinds.${kind}`) },
    { key: 'channel', title: t('rules.channel'), cell: ({ channel_id }) => channelOf(channel_id) },
    { key: 'on', title: t('rules.enabled'), cell: (rule) => <OnSwitch rule={rule} /> },
    {
      key: 'actions',
      title: '',
      align: 'end',
      onCard: 'corner',
      cell: ({ id, name }) => (
        <RowActions
          name={name}
          onEdit={() => onOpen(id)}
          onDelete={() =>
            remove(
              { params: { id } },
              { title: t('rules.deleteTitle', { name }), hint: t('rules.deleteHint') },
            )
          }
        />
      ),
    },
  ]
  return <DataTable label={t('rules.title')} columns={columns} rows={rules} rowKey={({ id }) => id} />
}

function When({ rule: { status_from, status_to, match, pattern } }: { rule: OutcomeRuleView }) {
  const { t } = useTranslation()
  const statuses = status_from === status_to ? String(status_from) : `${status_from}–${status_to}`
  if (pattern === '') return t('rules.anyBody', { statuses })
  return (
    <>
      {t(match === 'regex' ? 'rules.matching' : 'rules.containing', { statuses })} <code>{pattern}</code>
    </>
  )
}

function OnSwitch({ rule }: { rule: OutcomeRuleView }) {
  const { t } = useTranslation()
  const tell = useTell()
  const update = useAction(outcomeRuleEndpoints.update, [outcomeRuleEndpoints.list])
  return (
    <Switch
      size="small"
      aria-label={t('rules.switch', { name: rule.name })}
      checked={update.isPending ? update.variables.body.enabled === true : rule.enabled}
      onChange={(enabled) =>
        update.mutate(
          { params: { id: rule.id }, body: { ...ruleBody(rule), enabled } },
          { onError: tell.failed },
        )
      }
    />
  )
}
