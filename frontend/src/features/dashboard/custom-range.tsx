/** A time range from one moment to another, on the clock of the chosen zone. */
import { CalendarOutlined } from '@ant-design/icons'
import { Button, Input, Popover } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './range-bar.module.css'
import type { DashboardView } from './use-dashboard-view.ts'

export function CustomRange({ view }: { view: DashboardView }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { search, formats } = view
  const chosen =
    search.from === undefined
      ? null
      : `${formats.moment(search.from)} – ${search.to === undefined ? t('dashboard.now') : formats.moment(search.to)}`
  return (
    <Popover
      open={open}
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      onOpenChange={setOpen}
      content={<Fields view={view} onDone={() => setOpen(false)} />}
    >
      <Button
        icon={<CalendarOutlined aria-hidden="true" />}
        aria-expanded={open}
        aria-label={t('dashboard.custom')}
      >
        {chosen}
      </Button>
    </Popover>
  )
}

/** The bounds of the shown range are there to be changed. */
function Fields({ view: { zone, range, set }, onDone }: { view: DashboardView; onDone: () => void }) {
  const { t } = useTranslation()
  const [from, setFrom] = useState(() => zone.toField(range.fromMs))
  const [to, setTo] = useState(() => zone.toField(range.toMs ?? Date.now()))
  const [fromMs, toMs] = [zone.fromField(from), zone.fromField(to)]
  const isSound = fromMs < toMs
  const apply = (event: FormEvent) => {
    event.preventDefault()
    if (!isSound) return
    set({ from: fromMs, to: toMs, range: undefined })
    onDone()
  }
  const fields = [
    { name: 'from', value: from, change: setFrom },
    { name: 'to', value: to, change: setTo },
  ] as const
  return (
    <form className={styles['fields']} onSubmit={apply}>
      {fields.map(({ name, value, change }) => (
        <div key={name}>
          <label htmlFor={`range-${name}`}>{t(`dashboard.${name}`)}</label>
          <Input
            id={`range-${name}`}
            type="datetime-local"
            value={value}
            onChange={(event) => change(event.target.value)}
          />
        </div>
      ))}
      {isSound ? null : (
        <p className={styles['fault']} role="alert">
          {t('dashboard.backwards')}
        </p>
      )}
      <Button type="primary" htmlType="submit" disabled={!isSound}>
        {t('dashboard.apply')}
      </Button>
    </form>
  )
}
