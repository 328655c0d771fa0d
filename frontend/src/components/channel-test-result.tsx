/** What a test request met: the verdict in a sentence, the facts, and the upstream's own words. */
import type { ChannelTestResult } from '@claude-gateway/contract/channel.ts'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../i18n/use-formats.ts'
import styles from './channel-test-result.module.css'
import { FactList } from './fact-list.tsx'

export function ChannelTestResultView({ result }: { result: ChannelTestResult }) {
  const { t } = useTranslation()
  const { duration } = useFormats()
  const facts = [
    { label: t('channelTest.url'), value: <code>{result.url}</code> },
    { label: t('channelTest.status'), value: result.status ?? t('channelTest.noStatus') },
    { label: t('channelTest.latency'), value: duration(result.latency_ms) },
    { label: t('channelTest.requestId'), value: result.upstream_request_id },
  ]
  return (
    <section className={styles['result']} aria-live="polite">
      <Alert
        type={result.ok ? 'success' : 'error'}
        showIcon
        title={t(result.ok ? 'channelTest.ok' : 'channelTest.failed')}
        description={result.message}
      />
      <FactList facts={facts} />
      {result.upstream_body ? (
        <>
          <h3>{t('channelTest.body')}</h3>
          <pre>{result.upstream_body}</pre>
        </>
      ) : null}
    </section>
  )
}
