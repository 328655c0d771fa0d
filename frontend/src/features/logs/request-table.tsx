/** The log as rows; each opens the whole story of its request. */
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { useTranslation } from 'react-i18next'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { usePanel } from '../../components/use-panel.ts'
import {
  ChannelCell,
  CostCell,
  DurationCell,
  InputCell,
  ModelCell,
  OutcomeCell,
  OutputCell,
  TimeCell,
} from './request-cells.tsx'

const COLUMNS = [
  { key: 'model', Cell: ModelCell, onCard: 'head' },
  { key: 'time', Cell: TimeCell, onCard: 'corner' },
  { key: 'outcome', Cell: OutcomeCell },
  { key: 'channel', Cell: ChannelCell },
  { key: 'input', Cell: InputCell, align: 'end' },
  { key: 'output', Cell: OutputCell, align: 'end' },
  { key: 'cost', Cell: CostCell, align: 'end' },
  { key: 'duration', Cell: DurationCell, align: 'end' },
] as const

export function RequestTable({ requests }: { requests: readonly RequestLogView[] }) {
  const { t } = useTranslation()
  const { open } = usePanel('request')
  const columns = COLUMNS.map(
    ({ key, Cell, ...place }): Column<RequestLogView> => ({
      key,
      title: t(`requests.${key}`),
      cell: (request) => <Cell request={request} />,
      ...place,
    }),
  )
  return (
    <DataTable
      label={t('requests.title')}
      columns={columns}
      rows={requests}
      rowKey={({ id }) => id}
      onOpen={({ id }) => open(id)}
    />
  )
}
