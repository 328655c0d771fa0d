/** Consistent copies of the database: those there are, and a button for another one. */
import { type Backup, type SystemView, systemEndpoints } from '@claude-gateway/contract/system.ts'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../api/use-endpoint.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Section } from '../../components/section.tsx'
import { TimeStamp } from '../../components/time-stamp.tsx'
import { useTell } from '../../components/use-tell.ts'
import styles from './system-page.module.css'
import { useBytes } from './use-bytes.ts'

export function BackupSection({ system: { storage, backups } }: { system: SystemView }) {
  const { t } = useTranslation()
  const bytes = useBytes()
  const isPostgres = storage.engine === 'postgres'
  const columns: Column<Backup>[] = [
    { key: 'name', title: t('system.file'), onCard: 'head', cell: ({ name }) => <code>{name}</code> },
    {
      key: 'at',
      title: t('system.written'),
      cell: ({ created_at_ms }) => <TimeStamp timeMs={created_at_ms} />,
    },
    { key: 'size', title: t('system.size'), align: 'end', cell: (backup) => bytes(backup.bytes) },
  ]
  return (
    <Section title={t('system.backups')} aside={isPostgres ? null : <BackupButton />}>
      <p className={styles['lead']}>{t(isPostgres ? 'system.backupsPostgres' : 'system.backupsLead')}</p>
      {backups.length > 0 ? (
        <DataTable
          label={t('system.backups')}
          columns={columns}
          rows={backups}
          rowKey={({ created_at_ms }) => created_at_ms}
        />
      ) : null}
    </Section>
  )
}

function BackupButton() {
  const { t } = useTranslation()
  const tell = useTell()
  const backup = useAction(systemEndpoints.backup, [systemEndpoints.read])
  const write = () =>
    backup.mutate(
      {},
      { onSuccess: ({ name }) => tell.done(t('system.backupDone', { name })), onError: tell.failed },
    )
  return (
    <Button size="small" loading={backup.isPending} onClick={write}>
      {t('system.backUp')}
    </Button>
  )
}
