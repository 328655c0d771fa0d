/** What each of the last thirty days cost, as bars; the day that is pointed at tells its figures. */
import type { MyUsage } from '@claude-gateway/contract/me.ts'
import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../i18n/use-formats.ts'
import { createZoneFormats } from '../../i18n/zone-formats.ts'
import styles from './my-usage.module.css'

/** Every so many days are named below the bars. */
const NAMED_EVERY = 7
/** Further left there is no room for a name, which ends below its bar. */
const NAMED_FROM = 4

export function ByDay({ usage: { by_day: days, time_zone: zone } }: { usage: MyUsage }) {
  const { t, i18n } = useTranslation()
  const { cost, integer } = useFormats()
  const formats = createZoneFormats(i18n.language, zone)
  const most = Math.max(1, ...days.map(({ cost_nano_usd }) => cost_nano_usd))
  return (
    <ol className={styles['days']} aria-label={t('keyPage.byDay')}>
      {days.map(({ start_ms, cost_nano_usd, requests }, index) => {
        const figures = [
          cost(cost_nano_usd),
          t('keyPage.requests', { count: requests, number: integer(requests) }),
        ].join(', ')
        const words = `${formats.title(start_ms, 'day')}: ${figures}`
        const isNamed = index >= NAMED_FROM && (days.length - 1 - index) % NAMED_EVERY === 0
        return (
          <Tooltip key={start_ms} title={words}>
            <li>
              <span className="visually-hidden">{words}</span>
              <span className={styles['bar']} aria-hidden="true">
                <span style={{ height: `${(cost_nano_usd / most) * 100}%` }} data-used={requests > 0} />
              </span>
              <span className={styles['day']} aria-hidden="true">
                {isNamed ? formats.tick(start_ms, 'day') : ''}
              </span>
            </li>
          </Tooltip>
        )
      })}
    </ol>
  )
}
