/** Views of the log that are one click away: some that everybody needs, and those that were kept in this browser. */
import { DeleteOutlined, StarOutlined } from '@ant-design/icons'
import { requestLogFilterSchema } from '@claude-gateway/contract/request-log.ts'
import { Button, Input, Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import styles from './request-filters.module.css'
import { useStoredViews } from './stored-views.ts'

const OURS = [
  { name: 'failed', search: '?outcome=failed' },
  { name: 'failedOver', search: '?failed_over=true' },
  { name: 'costly', search: '?min_cost_usd=0.5' },
  { name: 'slow', search: '?min_duration_ms=60000' },
] as const

/** Of the address, what narrows the log. */
function filterPart(search: string): string {
  const kept = [...new URLSearchParams(search)].filter(([name]) => name in requestLogFilterSchema.shape)
  return `?${new URLSearchParams(kept)}`
}

export function SavedViews() {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={isOpen}
      onOpenChange={setOpen}
      content={<Views onChosen={() => setOpen(false)} />}
    >
      <Button icon={<StarOutlined aria-hidden />}>{t('views.title')}</Button>
    </Popover>
  )
}

function Views({ onChosen }: { onChosen: () => void }) {
  const { t } = useTranslation()
  const { views, forget } = useStoredViews()
  return (
    <div className={styles['views']}>
      {OURS.map(({ name, search }) => (
        <div key={name} className={styles['view']}>
          <Link to={search} onClick={onChosen}>
            {t(`views.${name}`)}
          </Link>
        </div>
      ))}
      {views.map(({ name, search }) => (
        <div key={name} className={styles['view']}>
          <Link to={search} onClick={onChosen}>
            {name}
          </Link>
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={`${t('act.delete')}: ${name}`}
            onClick={() => forget(name)}
          />
        </div>
      ))}
      <KeepView />
    </div>
  )
}

function KeepView() {
  const { t } = useTranslation()
  const { keep } = useStoredViews()
  const { search } = useLocation()
  const [name, setName] = useState('')
  const save = () => {
    if (name.trim() === '') return
    keep({ name: name.trim(), search: filterPart(search) })
    setName('')
  }
  return (
    <div className={styles['keep']}>
      <Input
        value={name}
        maxLength={60}
        aria-label={t('views.name')}
        placeholder={t('views.name')}
        onChange={({ target }) => setName(target.value)}
        onPressEnter={save}
      />
      <Button onClick={save} disabled={name.trim() === ''}>
        {t('views.keep')}
      </Button>
    </div>
  )
}
