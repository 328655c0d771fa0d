/** The operators, and whether each is signed in. */
import { DeleteOutlined } from '@ant-design/icons'
import { type OperatorView, operatorEndpoints } from '@claude-gateway/contract/operator.ts'
import { Button, Tooltip } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../api/use-endpoint.ts'
import { ConfirmByName } from '../../components/confirm-by-name.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { StateDot } from '../../components/state-dot.tsx'
import { TimeStamp } from '../../components/time-stamp.tsx'
import { useTell } from '../../components/use-tell.ts'
import styles from './operators-page.module.css'

export function OperatorTable({ operators }: { operators: readonly OperatorView[] }) {
  const { t } = useTranslation()
  const [leaving, setLeaving] = useState<OperatorView | null>(null)
  const columns: Column<OperatorView>[] = [
    {
      key: 'name',
      title: t('operators.name'),
      onCard: 'head',
      cell: (operator) => <Name operator={operator} />,
    },
    { key: 'signedIn', title: t('operators.signedIn'), cell: (operator) => <SignedIn operator={operator} /> },
    {
      key: 'since',
      title: t('operators.since'),
      cell: ({ created_at_ms }) => <TimeStamp timeMs={created_at_ms} />,
    },
    {
      key: 'actions',
      title: '',
      align: 'end',
      onCard: 'corner',
      cell: (operator) => (
        <DeleteButton
          operator={operator}
          isLast={operators.length === 1}
          onAsk={() => setLeaving(operator)}
        />
      ),
    },
  ]
  return (
    <>
      <DataTable label={t('operators.title')} columns={columns} rows={operators} rowKey={({ id }) => id} />
      {leaving ? <DeleteOperator operator={leaving} onClose={() => setLeaving(null)} /> : null}
    </>
  )
}

function Name({ operator: { username, is_you } }: { operator: OperatorView }) {
  const { t } = useTranslation()
  return (
    <span className={styles['name']}>
      <span className={styles['sign']} aria-hidden="true">
        {username.slice(0, 1)}
      </span>
      {username}
      {is_you ? <span className={styles['you']}>{t('operators.you')}</span> : null}
    </span>
  )
}

function SignedIn({ operator: { sessions, last_sign_in_at_ms } }: { operator: OperatorView }) {
  const { t } = useTranslation()
  if (last_sign_in_at_ms === null) return <StateDot tone="off">{t('operators.signedOut')}</StateDot>
  return (
    <>
      <StateDot tone="good">{t('operators.sessions', { count: sessions })}</StateDot>{' '}
      <span className={styles['you']}>
        <TimeStamp timeMs={last_sign_in_at_ms} />
      </span>
    </>
  )
}

interface DeleteButtonProps {
  operator: OperatorView
  isLast: boolean
  onAsk: () => void
}

function DeleteButton({ operator: { username }, isLast, onAsk }: DeleteButtonProps) {
  const { t } = useTranslation()
  return (
    <Tooltip title={isLast ? t('operators.last') : null}>
      <Button
        size="small"
        type="text"
        disabled={isLast}
        icon={<DeleteOutlined />}
        aria-label={`${t('act.delete')}: ${username}`}
        onClick={onAsk}
      />
    </Tooltip>
  )
}

function DeleteOperator({ operator, onClose }: { operator: OperatorView; onClose: () => void }) {
  const { t } = useTranslation()
  const tell = useTell()
  const remove = useAction(operatorEndpoints.remove, [operatorEndpoints.list])
  const { id, username, is_you } = operator
  const confirm = () =>
    remove.mutate(
      { params: { id } },
      {
        onSuccess: () => {
          tell.done(t('act.deleted'))
          onClose()
        },
        onError: tell.failed,
      },
    )
  return (
    <ConfirmByName
      title={t('operators.deleteTitle', { name: username })}
      hint={t(is_you ? 'operators.deleteYouHint' : 'operators.deleteHint')}
      name={username}
      pending={remove.isPending}
      onConfirm={confirm}
      onClose={onClose}
    />
  )
}
