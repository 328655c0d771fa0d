/** A key holder's own figures: budgets and limits first, then what was used, by span, day and model. */
import type { MyUsage } from '@claude-gateway/contract/me.ts'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Brand } from '../../components/brand.tsx'
import { ModelPatterns } from '../../components/model-patterns.tsx'
import { Section } from '../../components/section.tsx'
import { useFormats } from '../../i18n/use-formats.ts'
import { ByDay } from './by-day.tsx'
import { ByModel } from './by-model.tsx'
import styles from './my-usage.module.css'
import { OwnLimits } from './own-limits.tsx'
import { Spans } from './spans.tsx'

interface UsageSheetsProps {
  usage: MyUsage
  onForget: () => void
}

export function UsageSheets({ usage, onForget }: UsageSheetsProps) {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const { name, key_hint, valid_until_ms: until } = usage
  return (
    <main className={styles['page']}>
      <Brand />
      <header className={styles['head']}>
        <div>
          <h1>{t('myUsage.title')}</h1>
          <p>
            {name} · <code>{key_hint}</code>
            {until === null ? null : ` · ${t('myUsage.until', { time: moment(until, Date.now()) })}`}
          </p>
        </div>
        <Button onClick={onForget}>{t('myUsage.leave')}</Button>
      </header>
      <Exhausted budgets={usage.budgets} />
      <div className={styles['sections']}>
        <div className={styles['pair']}>
          <OwnLimits usage={usage} />
          <Spans usage={usage} />
        </div>
        <Section title={t('keyPage.byDay')}>
          <ByDay usage={usage} />
        </Section>
        <Section title={t('keyPage.byModel')}>
          <ByModel usage={usage} />
          <div className={styles['models']}>
            {t('myUsage.models')} <ModelPatterns models={usage.models} all={t('myUsage.anyModel')} />
          </div>
        </Section>
      </div>
      <p className={styles['aside']}>{t('myUsage.zone', { zone: usage.time_zone })}</p>
    </main>
  )
}

/** The budget that keeps its holder out longest, in a sentence. */
function Exhausted({ budgets }: Pick<MyUsage, 'budgets'>) {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const resets = budgets.filter(({ used_share }) => used_share >= 1).map(({ resets_at_ms }) => resets_at_ms)
  if (resets.length === 0) return null
  const last = Math.max(...resets.map((timeMs) => timeMs ?? Number.POSITIVE_INFINITY))
  const words = Number.isFinite(last)
    ? t('myUsage.exhausted', { time: moment(last, Date.now()) })
    : t('myUsage.exhaustedForGood')
  return <Alert type="error" showIcon title={words} style={{ marginBottom: 14 }} />
}
