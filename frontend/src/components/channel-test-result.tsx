/** What a test request met: the verdict, how far it came step by step, and the upstream's own words. */
import { CheckOutlined, CloseOutlined, MinusOutlined } from '@ant-design/icons'
import type { ChannelTestResult } from '@claude-gateway/contract/channel.ts'
import { Alert } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../i18n/use-formats.ts'
import { useReasonWords } from '../i18n/use-reason-words.ts'
import styles from './channel-test-result.module.css'
import { type TestStepEnd, type TestStepName, testSteps } from './channel-test-steps.ts'

const SIGNS: Record<TestStepEnd, ReactNode> = {
  done: <CheckOutlined aria-hidden="true" />,
  failed: <CloseOutlined aria-hidden="true" />,
  open: <MinusOutlined aria-hidden="true" />,
}

export function ChannelTestResultView({ result }: { result: ChannelTestResult }) {
  const { t } = useTranslation()
  const say = useReasonWords()
  const detailOf = useStepDetails(result)
  return (
    <section className={styles['result']} aria-live="polite">
      <Alert
        type={result.ok ? 'success' : 'error'}
        showIcon
        title={t(result.ok ? 'channelTest.ok' : 'channelTest.failed')}
        description={say(result.message_parts, result.message)}
      />
      <ol className={styles['steps']} aria-label={t('channelTest.steps')}>
        {testSteps(result).map(({ name, end }) => (
          <li key={name} data-end={end}>
            <span className={styles['sign']}>{SIGNS[end]}</span>
            <div>
              <span>{t(`channelTest.step.${name}`)}</span>
              <span className="visually-hidden"> {t(`channelTest.end.${end}`)}</span>
              {end === 'open' ? null : detailOf(name)}
            </div>
          </li>
        ))}
      </ol>
      {result.upstream_body ? (
        <>
          <h3>{t('channelTest.body')}</h3>
          <pre>{result.upstream_body}</pre>
        </>
      ) : null}
    </section>
  )
}

/** What is known of each step. */
function useStepDetails(result: ChannelTestResult): (name: TestStepName) => ReactNode {
  const { t } = useTranslation()
  const { duration } = useFormats()
  const { status, upstream_request_id: requestId } = result
  const details: Record<TestStepName, readonly ReactNode[]> = {
    address: [<code key="url">{result.url}</code>],
    connection: [status === null ? t('channelTest.noStatus') : `${t('channelTest.status')} ${status}`],
    credential: [],
    answer: [
      <code key="model">{result.model}</code>,
      duration(result.latency_ms),
      requestId === null ? null : <code key="request">{requestId}</code>,
    ],
  }
  return (name) =>
    details[name]
      .filter((part) => part !== null)
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a step never change their order.
      .map((part, at) => <small key={at}>{part}</small>)
}
