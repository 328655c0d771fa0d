/** Gives a key a new secret; the old one works on for as long as is chosen. */
import { type GatewayKeyView, gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { Form, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../../api/use-endpoint.ts'
import { Dialog } from '../../../components/dialog.tsx'
import { useTell } from '../../../components/use-tell.ts'
import { useFormats } from '../../../i18n/use-formats.ts'
import type { KeyWithSecret } from './created-key.tsx'

/** Lengths that are often meant, seconds; the last is the longest there is. */
const OVERLAPS = [
  { seconds: 0, name: 'none' },
  { seconds: 3600, name: 'hour' },
  { seconds: 86_400, name: 'day' },
  { seconds: 7 * 86_400, name: 'week' },
  { seconds: 30 * 86_400, name: 'month' },
] as const

interface RotateKeyProps {
  gatewayKey: GatewayKeyView
  onClose: () => void
  onRotated: (key: KeyWithSecret) => void
}

export function RotateKey({ gatewayKey: { id, name, ...key }, onClose, onRotated }: RotateKeyProps) {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const tell = useTell()
  const [seconds, setSeconds] = useState<number>(OVERLAPS[2].seconds)
  const rotate = useAction(gatewayKeyEndpoints.rotate, [gatewayKeyEndpoints.list, gatewayKeyEndpoints.get])
  const carryOut = () => {
    if (rotate.isPending) return
    const call = { params: { id }, body: { overlap_seconds: seconds } }
    rotate.mutate(call, { onSuccess: onRotated, onError: tell.failed })
  }
  const now = Date.now()
  const isTwice = key.previous_key_until_ms !== null && key.previous_key_until_ms > now
  return (
    <Dialog
      title={t('rotate.title', { name })}
      onCancel={onClose}
      onOk={carryOut}
      okText={t('rotate.run')}
      okButtonProps={{ loading: rotate.isPending }}
      cancelText={t('act.cancel')}
      width={440}
    >
      <p>{t('rotate.lead')}</p>
      <Form layout="vertical" onFinish={carryOut}>
        <Form.Item
          label={t('rotate.overlap')}
          extra={
            seconds === 0
              ? t('rotate.atOnce')
              : t('rotate.until', { time: moment(now + seconds * 1000, now) })
          }
        >
          <Radio.Group
            value={seconds}
            onChange={(event) => setSeconds(Number(event.target.value))}
            options={OVERLAPS.map((one) => ({ value: one.seconds, label: t(`rotate.overlaps.${one.name}`) }))}
            style={{
              display: 'grid',
              gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
              gap: 10,
              marginBottom: 8,
            }}
          />
        </Form.Item>
      </Form>
      {isTwice ? <p>{t('rotate.twice')}</p> : null}
    </Dialog>
  )
}
