/** What a failed answer would be taken for: paste one and see, before an upstream sends it. */
import type { ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import { type NewOutcomeRule, outcomeRuleEndpoints } from '@claude-gateway/contract/outcome-rule.ts'
import { Button, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useEndpoint } from '../../../api/use-endpoint.ts'
import { useTell } from '../../../components/use-tell.ts'
import type { Catalogue } from '../../../i18n/en.ts'
import { useFormats } from '../../../i18n/use-formats.ts'
import styles from './rules-section.module.css'

/** @param draft a rule that is not stored yet */
export function TryAnswer({ draft }: { draft?: NewOutcomeRule }) {
  const { t } = useTranslation()
  const tell = useTell()
  const [status, setStatus] = useState(429)
  const [body, setBody] = useState('')
  const test = useAction(outcomeRuleEndpoints.test, [])
  const ask = () =>
    test.mutate({ body: { status, body, ...(draft && { rule: draft }) } }, { onError: tell.failed })
  return (
    <div className={styles['try']}>
      <InputNumber<number>
        aria-label={t('rules.status')}
        min={200}
        max={599}
        precision={0}
        value={status}
        onChange={(value) => setStatus(value ?? 429)}
      />
      <Input.TextArea
        aria-label={t('rules.body')}
        placeholder='{"error":{"message":"quota exceeded"}}'
        autoSize={{ minRows: 1, maxRows: 8 }}
        spellCheck={false}
        value={body}
        onChange={(event) => setBody(event.target.value)}
      />
      <Button onClick={ask} loading={test.isPending}>
        {t('rules.ask')}
      </Button>
      <p className={styles['verdict']} aria-live="polite">
        {test.data ? <Verdict verdict={test.data} /> : t('rules.tryHint')}
      </p>
    </div>
  )
}

type Kind = keyof Catalogue['rules']['kinds']

function Verdict({ verdict }: { verdict: ResponseOf<typeof outcomeRuleEndpoints.test> }) {
  const { t } = useTranslation()
  const { kind, by, rule_id, tries_next_channel, until_ms } = verdict
  const rules = useEndpoint(outcomeRuleEndpoints.list, {}).data?.data ?? []
  const { moment } = useFormats()
  const stored = rules.find(({ id }) => id === rule_id)?.name ?? `#${rule_id}`
  return (
    <>
      <strong>{t(`rules.kinds.${kind as Kind}`, { defaultValue: kind })}</strong>
      {' · '}
      {by === 'stored_rule' ? t('rules.by.stored_rule', { name: stored }) : t(`rules.by.${by}`)}
      {' · '}
      {t(tries_next_channel ? 'rules.goesOn' : 'rules.stays')}
      {until_ms === null ? null : ` · ${t('rules.restsUntil', { time: moment(until_ms, Date.now()) })}`}
    </>
  )
}
