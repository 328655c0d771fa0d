/** Takes channels out of every route for a while. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import { Form, InputNumber, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../components/dialog.tsx'
import { useFormats } from '../../../i18n/use-formats.ts'
import { useChannelCommands } from './use-channel-commands.ts'

/** Minutes that are often meant. */
const USUAL = [
  { minutes: 15, name: 'quarter' },
  { minutes: 30, name: 'half' },
  { minutes: 60, name: 'hour' },
  { minutes: 240, name: 'fourHours' },
  { minutes: 1440, name: 'day' },
  { minutes: 10_080, name: 'week' },
] as const
/** The contract's bounds, minutes. */
const [LEAST, MOST] = [1, 525_600]
const MINUTE_MS = 60_000

interface PauseDialogProps {
  channels: readonly ChannelView[]
  onClose: () => void
}

export function PauseDialog({ channels, onClose }: PauseDialogProps) {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const [minutes, setMinutes] = useState<number>(USUAL[1].minutes)
  const { pause, pending } = useChannelCommands()
  const name = channels.length === 1 ? channels[0]?.name : null
  const title = name ? t('pause.title', { name }) : t('pause.titleOfAll', { number: channels.length })
  const carryOut = async () => {
    if (await pause(channels, minutes)) onClose()
  }
  const until = moment(Date.now() + minutes * MINUTE_MS, Date.now())
  return (
    <Dialog
      title={title}
      onCancel={onClose}
      onOk={carryOut}
      okText={t('pause.run')}
      okButtonProps={{ loading: pending }}
      cancelText={t('act.cancel')}
      width={440}
    >
      <p>{t('pause.lead')}</p>
      <Form layout="vertical" onFinish={carryOut}>
        <Form.Item label={t('pause.howLong')}>
          <Radio.Group
            value={minutes}
            onChange={(event) => setMinutes(Number(event.target.value))}
            options={USUAL.map((one) => ({ value: one.minutes, label: t(`pause.usual.${one.name}`) }))}
            style={{ display: 'grid', gridTemplateColumns: 'repeat(3, minmax(0, 1fr))', gap: 10 }}
          />
        </Form.Item>
        <Form.Item
          label={t('pause.minutes')}
          htmlFor="pause-minutes"
          extra={t('pause.until', { time: until })}
        >
          <InputNumber
            id="pause-minutes"
            min={LEAST}
            max={MOST}
            precision={0}
            value={minutes}
            onChange={(value) => value !== null && setMinutes(value)}
          />
        </Form.Item>
      </Form>
    </Dialog>
  )
}
