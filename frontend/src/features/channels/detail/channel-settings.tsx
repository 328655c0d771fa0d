/** How a channel is set up, at a glance; what is as it comes says so. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FactList } from '../../../components/fact-list.tsx'
import { ModelPatterns } from '../../../components/model-patterns.tsx'
import { Section } from '../../../components/section.tsx'
import { TimeStamp } from '../../../components/time-stamp.tsx'
import { usePanel } from '../../../components/use-panel.ts'
import { useFormats } from '../../../i18n/use-formats.ts'

export function ChannelSettings({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation()
  const edit = usePanel('edit')
  const facts = [...useAccessFacts(channel), ...useLimitFacts(channel), ...useMoreFacts(channel)]
  return (
    <Section
      title={t('channelSettings.title')}
      aside={
        <Button size="small" onClick={() => edit.open(channel.id)}>
          {t('act.edit')}
        </Button>
      }
    >
      <FactList facts={facts} />
    </Section>
  )
}

function useAccessFacts(channel: ChannelView) {
  const { t } = useTranslation()
  const { integer } = useFormats()
  const { priority, weight, models } = channel
  return [
    { label: t('channelForm.baseUrl'), value: <code>{channel.base_url}</code> },
    { label: t('channelForm.resolved'), value: <code>{channel.messages_url}</code> },
    {
      label: t('channelForm.apiKey'),
      value: (
        <>
          <code>{channel.api_key_hint}</code> · {t(`channelForm.auths.${channel.auth}`)}
        </>
      ),
    },
    { label: t('channelForm.priority'), value: integer(priority) },
    { label: t('channelForm.weight'), value: integer(weight) },
    {
      label: t('channelForm.models'),
      value: <ModelPatterns models={models} all={t('channels.allModels')} />,
    },
  ]
}

function useLimitFacts(channel: ChannelView) {
  const { t } = useTranslation()
  const { integer, period } = useFormats()
  const counts = (['max_concurrency', 'max_requests_per_minute'] as const).map((name) => {
    const limit = channel[name]
    return {
      label: t(`channelForm.${name}`),
      value: limit === null ? t('channelForm.noLimit') : integer(limit),
    }
  })
  const names = ['connect_timeout_ms', 'first_byte_timeout_ms', 'idle_timeout_ms'] as const
  const times = names.flatMap((name) => {
    const ms = channel[name]
    return ms === null ? [] : [`${t(`channelForm.${name}`)} ${period(ms / 1000)}`]
  })
  const usual = t('channelSettings.usual')
  return [
    ...counts,
    { label: t('channelSettings.timeouts'), value: times.length === 0 ? usual : times.join(', ') },
  ]
}

function useMoreFacts(channel: ChannelView) {
  const { t } = useTranslation()
  const { period, decimal } = useFormats()
  const { probe_interval_seconds: interval, probe_model: model, cost_multiplier: multiplier } = channel
  const every = t('channelDigest.every', { time: period(interval) })
  const probes = interval === 0 ? t('channelForm.probeNever') : [every, model].filter(Boolean).join(' · ')
  return [
    { label: t('channelForm.proxyUrl'), value: codeOf(channel.proxy_url) },
    { label: t('channelForm.addHeaders'), value: codeOf(Object.keys(channel.add_headers).join(', ')) },
    { label: t('channelForm.dropHeaders'), value: codeOf(channel.drop_headers.join(', ')) },
    { label: t('channelForm.groups.probes'), value: probes },
    { label: t('channelForm.costMultiplier'), value: `× ${decimal(multiplier)}` },
    { label: t('channelSettings.created'), value: <TimeStamp timeMs={channel.created_at_ms} /> },
    { label: t('channelSettings.updated'), value: <TimeStamp timeMs={channel.updated_at_ms} /> },
  ]
}

const codeOf = (text: string | null): ReactNode => (text ? <code>{text}</code> : null)
