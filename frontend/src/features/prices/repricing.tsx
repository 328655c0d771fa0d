/** Past requests, charged anew by the prices of today: first shown, then applied. */
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { priceEndpoints } from '@claude-gateway/contract/price.ts'
import { App, Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { Section } from '../../components/section.tsx'
import { useTell } from '../../components/use-tell.ts'
import { DayField } from './day-field.tsx'
import styles from './prices-page.module.css'
import { RepricingResult } from './repricing-result.tsx'

interface Asked {
  from_ms: number
  to_ms: number
  channel_id?: number | undefined
  model?: string | undefined
}

/** What is not asked for is left out. */
const bodyOf = ({ from_ms, to_ms, channel_id, model }: Asked) => ({
  from_ms,
  to_ms,
  ...(channel_id === undefined ? {} : { channel_id }),
  ...(model ? { model } : {}),
})

const DAY_MS = 86_400_000
const DAYS_AT_FIRST = 30

/** The last 30 days, today included. */
function firstAsked(): Asked {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS
  return { from_ms: today - (DAYS_AT_FIRST - 1) * DAY_MS, to_ms: today + DAY_MS }
}

export function Repricing() {
  const { t } = useTranslation()
  const [asked, setAsked] = useState(firstAsked)
  const { preview, apply, state, reset } = useRepricing()
  const edit = (change: Partial<Asked>) => {
    setAsked({ ...asked, ...change })
    reset()
  }
  return (
    <Section title={t('repricing.title')}>
      <p className={styles['lead']}>{t('repricing.lead')}</p>
      <RangeFields asked={asked} onEdit={edit} />
      <Button
        loading={state.isPending}
        disabled={asked.from_ms >= asked.to_ms}
        onClick={() => preview(asked)}
      >
        {t('repricing.preview')}
      </Button>
      <div aria-live="polite">
        {state.data ? (
          <RepricingResult
            result={state.data}
            pending={state.isPending}
            onApply={(revision) => apply(asked, revision)}
          />
        ) : null}
      </div>
    </Section>
  )
}

function useRepricing() {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const tell = useTell()
  const state = useAction(priceEndpoints.reprice, [])
  const preview = (asked: Asked) => state.mutate({ body: bodyOf(asked) }, { onError: tell.failed })
  const apply = (asked: Asked, revision: number) =>
    modal.confirm({
      title: t('repricing.confirm'),
      content: t('repricing.confirmHint'),
      icon: null,
      okText: t('repricing.apply'),
      cancelText: t('act.cancel'),
      autoFocusButton: 'cancel',
      onOk: () => state.mutateAsync({ body: { ...bodyOf(asked), revision } }).catch(tell.failed),
    })
  return { state, preview, apply, reset: state.reset }
}

interface RangeFieldsProps {
  asked: Asked
  onEdit: (change: Partial<Asked>) => void
}

/** The last day is part of the range; the contract's end is the first moment after it. */
function RangeFields({ asked, onEdit }: RangeFieldsProps) {
  const { t } = useTranslation()
  const channels = useEndpoint(channelEndpoints.list, {}).data?.data ?? []
  return (
    <div className={styles['filters']}>
      <label htmlFor="repricing-from">
        {t('repricing.from')}
        <DayField
          id="repricing-from"
          value={asked.from_ms}
          onChange={(from_ms) => from_ms > 0 && onEdit({ from_ms })}
        />
      </label>
      <label htmlFor="repricing-to">
        {t('repricing.to')}
        <DayField
          id="repricing-to"
          value={asked.to_ms - DAY_MS}
          onChange={(day) => day > 0 && onEdit({ to_ms: day + DAY_MS })}
        />
      </label>
      <label htmlFor="repricing-model">
        {t('repricing.model')}
        <Input
          id="repricing-model"
          allowClear
          spellCheck={false}
          placeholder={t('repricing.anyModel')}
          value={asked.model}
          onChange={({ target }) => onEdit({ model: target.value.trim() })}
        />
      </label>
      <label htmlFor="repricing-channel">
        {t('repricing.channel')}
        <Select<number>
          id="repricing-channel"
          allowClear
          placeholder={t('prices.anyChannel')}
          options={channels.map(({ id, name }) => ({ value: id, label: name }))}
          value={asked.channel_id ?? null}
          onChange={(channel_id) => onEdit({ channel_id })}
        />
      </label>
    </div>
  )
}
