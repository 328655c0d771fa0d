/** The guided start: a channel, a key, the block for Claude Code, and the first request as it arrives. */
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import type { ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import { gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { ClaudeCodeBlock } from '../../components/claude-code-block.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { ChannelStep, type StartChannel } from './channel-step.tsx'
import { KeyStep } from './key-step.tsx'
import { RequestStep, useNewestRequest } from './request-step.tsx'
import styles from './start-page.module.css'
import { Step } from './step.tsx'

type CreatedKey = ResponseOf<typeof gatewayKeyEndpoints.create>

export function StartPage() {
  const { t } = useTranslation()
  const channels = useEndpoint(channelEndpoints.list, {})
  return (
    <>
      <PageHeader title={t('start.title')} lead={t('start.lead')} />
      <QueryView query={channels}>{({ data }) => <Steps channels={data} />}</QueryView>
    </>
  )
}

const nextIf = (ready: boolean) => (ready ? 'open' : 'later')

function Steps({ channels }: { channels: readonly StartChannel[] }) {
  const { t } = useTranslation()
  const keys = useEndpoint(gatewayKeyEndpoints.list, {}).data?.data
  // Here and nowhere else: the secret is gone with the page.
  const [created, setCreated] = useState<CreatedKey | null>(null)
  const hasRequest = useNewestRequest() !== undefined
  const hasChannel = channels.some(({ enabled }) => enabled)
  const hasKey = created !== null || (keys !== undefined && keys.length > 0)
  const setupState = hasRequest ? 'done' : nextIf(hasChannel && hasKey)
  return (
    <ol className={styles['steps']}>
      <ChannelStep channels={channels} />
      <KeyStep open={hasChannel} hasKey={hasKey} created={created} onCreated={setCreated} />
      <Step title={t('start.setup.title')} hint={t('start.setup.hint')} state={setupState}>
        <ClaudeCodeBlock secret={created?.key ?? t('start.setup.standIn')} />
      </Step>
      <RequestStep ready={hasChannel && hasKey} />
    </ol>
  )
}
