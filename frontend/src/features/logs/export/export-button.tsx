/** Opens the exports: the log by the page's filter, and the statistics. */
import { DownloadOutlined } from '@ant-design/icons'
import type { RequestLogFilter } from '@claude-gateway/contract/request-log.ts'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../components/dialog.tsx'
import { RequestExport } from './request-export.tsx'
import { StatisticsExport } from './statistics-export.tsx'

const WIDTH_PX = 460

export function ExportButton({ filter }: { filter: RequestLogFilter }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button icon={<DownloadOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t('export.open')}
      </Button>
      {isOpen ? <ExportDialog filter={filter} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function ExportDialog({ filter, onClose }: { filter: RequestLogFilter; onClose: () => void }) {
  const { t } = useTranslation()
  const [what, setWhat] = useState<'requests' | 'statistics'>('requests')
  return (
    <Dialog
      width={WIDTH_PX}
      title={t('export.title')}
      footer={null}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <Segmented<'requests' | 'statistics'>
        block
        value={what}
        onChange={setWhat}
        options={(['requests', 'statistics'] as const).map((value) => ({
          value,
          label: t(`export.${value}`),
        }))}
      />
      {what === 'requests' ? <RequestExport filter={filter} /> : <StatisticsExport filter={filter} />}
    </Dialog>
  )
}
