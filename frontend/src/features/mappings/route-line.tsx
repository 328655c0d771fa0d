/** One channel of the answer: its place, what it would be asked for, why, and the switches for "what if". */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import { InputNumber, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import styles from './route-answer.module.css'
import type { WhatIf, WhatIfs } from './route-question.ts'

interface RouteLineProps {
  id: number
  name: string
  /** Where it differs from what the client asks for. */
  upstreamModel: string | null
  note: string | null
  /** The channel as it really is. */
  channel: ChannelView | undefined
  whatIfs: WhatIfs
  onEdit: (channelId: number, change: WhatIf) => void
}

export function RouteLine({ id, name, upstreamModel, note, channel, whatIfs, onEdit }: RouteLineProps) {
  const { t } = useTranslation()
  return (
    <li className={styles['line']}>
      <div className={styles['what']}>
        <span className={styles['name']}>{name}</span>
        {upstreamModel === null ? null : (
          <span className={styles['as']}>
            → <code>{upstreamModel}</code>
          </span>
        )}
        {note === null ? null : <span className={styles['note']}>{note}</span>}
        {whatIfs.has(id) ? <span className={styles['edited']}>{t('route.edited')}</span> : null}
      </div>
      {channel ? <Switches channel={channel} whatIf={whatIfs.get(id) ?? {}} onEdit={onEdit} /> : null}
    </li>
  )
}

interface SwitchesProps {
  channel: ChannelView
  whatIf: WhatIf
  onEdit: (channelId: number, change: WhatIf) => void
}

/** What is set to how the channel really is counts as no edit. */
const unless = <Value,>(really: Value, value: Value): Value | undefined =>
  value === really ? undefined : value

function Switches({ channel: { id, name, priority, enabled }, whatIf, onEdit }: SwitchesProps) {
  const { t } = useTranslation()
  const change = (edit: Record<string, unknown>) => onEdit(id, edit as WhatIf)
  return (
    <div className={styles['switches']}>
      <InputNumber<number>
        size="small"
        precision={0}
        prefix={t('route.priority')}
        aria-label={t('route.priorityOf', { name })}
        value={whatIf.priority ?? priority}
        onChange={(value) => change({ priority: unless(priority, value ?? priority) })}
      />
      <Switch
        size="small"
        aria-label={t('route.switch', { name })}
        checked={whatIf.enabled ?? enabled}
        onChange={(on) => change({ enabled: unless(enabled, on) })}
      />
    </div>
  )
}
