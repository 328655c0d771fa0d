/** What all keys with a tag may spend together, and how much of it is spent. */
import { type TagBudgetView, tagBudgetEndpoints } from '@claude-gateway/contract/budget.ts'
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import { BudgetMeter } from '../../../components/budget-meter.tsx'
import { type Column, DataTable } from '../../../components/data-table.tsx'
import { Notice } from '../../../components/notice.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { RowActions } from '../../../components/row-actions.tsx'
import { useConfirmDelete } from '../../../components/use-confirm-delete.ts'
import { usePanel } from '../../../components/use-panel.ts'
import { tagsOf } from '../list/key-search.ts'
import styles from './team-budgets.module.css'
import { EditTeamBudget, NewTeamBudget } from './team-drawer.tsx'

const EVERY_MS = 5000

interface TeamBudgetsProps {
  keys: readonly GatewayKeyView[]
  /** Stands where there is no such budget yet. */
  add: ReactNode
}

export function TeamBudgets({ keys, add }: TeamBudgetsProps) {
  const { t } = useTranslation()
  const { target, close } = usePanel('team')
  const budgets = useEndpoint(tagBudgetEndpoints.list, {}, { everyMs: EVERY_MS })
  const edited = budgets.data?.data.find(({ id }) => id === target)
  const tags = tagsOf(keys)
  return (
    <>
      <QueryView query={budgets}>
        {({ data }) =>
          data.length === 0 ? (
            <Notice title={t('teams.empty')} hint={t('teams.emptyHint')} action={add} />
          ) : (
            <DataTable
              label={t('keys.views.teams')}
              columns={columns(t, keys)}
              rows={data}
              rowKey={({ id }) => id}
            />
          )
        }
      </QueryView>
      {target === 'new' ? <NewTeamBudget tags={tags} onClose={close} /> : null}
      {edited ? <EditTeamBudget key={edited.id} budget={edited} tags={tags} onClose={close} /> : null}
    </>
  )
}

const columns = (t: TFunction, keys: readonly GatewayKeyView[]): Column<TagBudgetView>[] => [
  {
    key: 'tag',
    title: t('teams.tag'),
    onCard: 'head',
    cell: ({ tag }) => (
      <Link className={styles['tag']} to={`/keys?tag=${encodeURIComponent(tag)}`}>
        {tag}
      </Link>
    ),
  },
  {
    key: 'keys',
    title: t('keys.title'),
    cell: ({ tag }) => t('keys.count', { count: keys.filter(({ tags }) => tags.includes(tag)).length }),
  },
  {
    key: 'use',
    title: t('teams.spent'),
    cell: ({ use }) => (
      <div className={styles['use']}>
        <BudgetMeter
          owner={null}
          period={use.period}
          share={use.spent_usd / use.limit_usd}
          spentUsd={use.spent_usd}
          limitUsd={use.limit_usd}
          resetsAtMs={use.resets_at_ms}
        />
      </div>
    ),
  },
  { key: 'zone', title: t('keyForm.timeZone'), cell: ({ time_zone }) => time_zone },
  { key: 'actions', title: '', align: 'end', onCard: 'corner', cell: (one) => <Actions of={one} /> },
]

function Actions({ of: { id, tag, period } }: { of: TagBudgetView }) {
  const { t } = useTranslation()
  const { open } = usePanel('team')
  const remove = useConfirmDelete(tagBudgetEndpoints.remove, [tagBudgetEndpoints.list])
  const name = `${tag}, ${t(`budgets.periods.${period}`)}`
  const question = { title: t('teams.deleteTitle', { name }), hint: t('teams.deleteHint') }
  return (
    <RowActions name={name} onEdit={() => open(id)} onDelete={() => remove({ params: { id } }, question)} />
  )
}
