/** What a re-pricing would change, or has changed: in all and for each model. */
import type { Repricing } from '@claude-gateway/contract/repricing.ts'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { useFormats } from '../../i18n/use-formats.ts'
import styles from './prices-page.module.css'

interface RepricingResultProps {
  result: Repricing
  pending: boolean
  onApply: (revision: number) => void
}

type Line = Repricing['models'][number] & { line: number }

export function RepricingResult({ result, pending, onApply }: RepricingResultProps) {
  const { t } = useTranslation()
  const { integer, cost } = useFormats()
  const { applied, rows, rows_changed, old_nano_usd, new_nano_usd } = result
  const columns: Column<Line>[] = [
    {
      key: 'model',
      title: t('prices.model'),
      onCard: 'head',
      cell: ({ model }) => <code>{model || '–'}</code>,
    },
    { key: 'rows', title: t('repricing.changed'), cell: (line) => integer(line.rows_changed) },
    { key: 'old', title: t('repricing.before'), align: 'end', cell: (line) => cost(line.old_nano_usd) },
    { key: 'new', title: t('repricing.after'), align: 'end', cell: (line) => cost(line.new_nano_usd) },
    { key: 'by', title: t('repricing.difference'), align: 'end', cell: (line) => <Difference of={line} /> },
  ]
  return (
    <div className={styles['result']}>
      <p className={styles['sum']}>
        {t(applied ? 'repricing.applied' : 'repricing.found', {
          changed: integer(rows_changed),
          rows: integer(rows),
          before: cost(old_nano_usd),
          after: cost(new_nano_usd),
        })}
      </p>
      <LeftAlone result={result} />
      {rows_changed > 0 ? (
        <DataTable
          label={t('repricing.title')}
          columns={columns}
          rows={result.models.map((model, line) => ({ ...model, line }))}
          rowKey={({ line }) => line}
        />
      ) : null}
      {rows_changed > 0 && !applied ? (
        <div className={styles['actions']}>
          <Button type="primary" loading={pending} onClick={() => onApply(result.revision)}>
            {t('repricing.apply')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}

function LeftAlone({ result: { rows_too_old, rows_of_deleted_channels } }: { result: Repricing }) {
  const { t } = useTranslation()
  const words = [
    ...(rows_too_old > 0 ? [t('repricing.tooOld', { count: rows_too_old })] : []),
    ...(rows_of_deleted_channels > 0 ? [t('repricing.ofDeleted', { count: rows_of_deleted_channels })] : []),
  ]
  return words.length === 0 ? null : <p className={styles['note']}>{words.join(' ')}</p>
}

function Difference({ of: { old_nano_usd, new_nano_usd } }: { of: Line }) {
  const { cost } = useFormats()
  const by = new_nano_usd - old_nano_usd
  if (by === 0) return cost(0)
  return (
    <span className={styles[by > 0 ? 'more' : 'less']}>{`${by > 0 ? '+' : '−'}${cost(Math.abs(by))}`}</span>
  )
}
