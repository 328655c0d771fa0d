/** The keys as rows, so many at a time; the name leads to all of one. */
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Column, DataTable } from '../../../components/data-table.tsx'
import { KeyMenu } from '../commands/key-menu.tsx'
import { KeySwitch } from '../commands/key-switch.tsx'
import { BudgetCell, LastUsedCell, NameCell, RateCell, StateCell } from './key-cells.tsx'
import styles from './key-table.module.css'

/** Hundreds are found by searching, not by scrolling. */
const SHOWN = 100

const columns = (t: TFunction): Column<GatewayKeyView>[] => [
  { key: 'name', title: t('keys.name'), onCard: 'head', cell: (key) => <NameCell of={key} /> },
  { key: 'state', title: t('keys.state'), cell: (key) => <StateCell of={key} /> },
  { key: 'budgets', title: t('keys.budgets'), cell: (key) => <BudgetCell of={key} /> },
  { key: 'rate', title: t('keys.use'), cell: (key) => <RateCell of={key} /> },
  { key: 'used', title: t('keys.lastUsed'), cell: (key) => <LastUsedCell of={key} /> },
  {
    key: 'actions',
    title: '',
    align: 'end',
    onCard: 'corner',
    cell: (key) => (
      <span className={styles['actions']}>
        <KeySwitch of={key} size="small" />
        <KeyMenu of={key} />
      </span>
    ),
  },
]

export function KeyTable({ keys }: { keys: readonly GatewayKeyView[] }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(SHOWN)
  const hidden = keys.length - shown
  return (
    <>
      <DataTable
        label={t('keys.title')}
        columns={columns(t)}
        rows={keys.slice(0, shown)}
        rowKey={({ id }) => id}
      />
      {hidden > 0 ? (
        <div className={styles['more']}>
          <Button onClick={() => setShown(shown + SHOWN)}>{t('keys.showMore', { number: hidden })}</Button>
        </div>
      ) : null}
    </>
  )
}
