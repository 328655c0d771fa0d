/** What each model cost in the last thirty days. */
import type { MyUsage } from '@claude-gateway/contract/me.ts'
import { useTranslation } from 'react-i18next'
import { ShareBar } from '../../components/share-bar.tsx'
import { useFormats } from '../../i18n/use-formats.ts'
import { tokensOf } from './key-usage.ts'
import styles from './my-usage.module.css'

export function ByModel({ usage: { by_model: models } }: { usage: MyUsage }) {
  const { t } = useTranslation()
  const { cost, integer, compact } = useFormats()
  if (models.length === 0) return <p className={styles['faint']}>{t('myUsage.nothing')}</p>
  const most = Math.max(1, ...models.map(({ cost_nano_usd }) => cost_nano_usd))
  return (
    <div className={styles['meters']}>
      {models.map((model) => {
        const name = model.model ?? t('requests.noModel')
        return (
          <div key={name} className={styles['model']}>
            <div>
              <span>{name}</span>
              <span>{cost(model.cost_nano_usd)}</span>
            </div>
            <ShareBar share={model.cost_nano_usd / most} />
            <small>
              {t('keyPage.requests', { count: model.requests, number: integer(model.requests) })} ·{' '}
              {t('myUsage.tokenCount', { tokens: compact(tokensOf(model)) })}
            </small>
          </div>
        )
      })}
    </div>
  )
}
