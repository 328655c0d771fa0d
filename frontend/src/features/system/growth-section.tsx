/** How the log grew: the requests of the last thirty days, a bar for each. */

import { type Stats, statsEndpoints } from '@claude-gateway/contract/stats.ts'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { seriesColour } from '../../components/charts/series-colour.ts'
import type { Stack } from '../../components/charts/stack.ts'
import { StackTable } from '../../components/charts/stack-table.tsx'
import { Section } from '../../components/section.tsx'
import { browserZone } from '../../i18n/browser-zone.ts'
import { useFormats } from '../../i18n/use-formats.ts'
import { createZoneFormats } from '../../i18n/zone-formats.ts'
import styles from './system-page.module.css'

// Heavier than all the rest of the page.
const StackChart = lazy(async () => ({
  default: (await import('../../components/charts/stack-chart.tsx')).StackChart,
}))

const DAY_MS = 86_400_000
const DAYS = 30
const EVERY_MS = 60_000

/** The gateway rounds it down to the beginning of a day of the zone. */
const firstDay = () => Math.floor(Date.now() / DAY_MS - (DAYS - 1)) * DAY_MS

export function GrowthSection() {
  const { t } = useTranslation()
  const { integer, compact } = useFormats()
  const go = useNavigate()
  const timeZone = browserZone()
  const query = { interval: 'day', from: firstDay(), time_zone: timeZone } as const
  const days = useEndpoint(statsEndpoints.read, { query }, { everyMs: EVERY_MS, keepsPrevious: true })
  const stack = useRequestStack(days.data, timeZone)
  const total = t('system.requests')
  return (
    <Section title={t('system.byDay')}>
      <div className={styles['chart']} aria-busy={days.isPending}>
        {stack ? (
          <>
            <Suspense fallback={null}>
              <StackChart
                stack={stack}
                format={integer}
                axis={compact}
                total={total}
                onPick={({ to }) => void go(to)}
              />
            </Suspense>
            <StackTable
              label={t('system.byDay')}
              stack={stack}
              format={integer}
              time={t('system.day')}
              total={total}
              visible={false}
            />
          </>
        ) : null}
      </div>
    </Section>
  )
}

function useRequestStack(stats: Stats | undefined, timeZone: string): Stack | undefined {
  const { t, i18n } = useTranslation()
  if (!stats) return undefined
  const formats = createZoneFormats(i18n.language, timeZone)
  const points = stats.series.map(({ start_ms, totals }, index) => {
    const to = stats.series[index + 1]?.start_ms ?? start_ms + DAY_MS
    return {
      atMs: start_ms,
      tick: formats.tick(start_ms, 'day'),
      title: formats.title(start_ms, 'day'),
      to: `/requests?from=${start_ms}&to=${to}`,
      values: [totals.requests],
      total: totals.requests,
    }
  })
  return { series: [{ id: 'requests', name: t('system.requests'), colour: seriesColour(0) }], points }
}
