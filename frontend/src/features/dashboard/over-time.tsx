/** Cost, tokens or requests over time, split by model, channel or key. */
import type { Stats } from '@claude-gateway/contract/stats.ts'
import { Button, Segmented } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { mostOf } from '../../components/charts/stack.ts'
import { StackTable } from '../../components/charts/stack-table.tsx'
import { Section } from '../../components/section.tsx'
import { useFormats } from '../../i18n/use-formats.ts'
import { MEASURES, SPLITS } from './dashboard-search.ts'
import styles from './over-time.module.css'
import type { DashboardView } from './use-dashboard-view.ts'
import { type ShownStack, useStack } from './use-stack.ts'

// The drawing comes after the figures: it is by far the heaviest part of the page.
const StackChart = lazy(async () => ({
  default: (await import('../../components/charts/stack-chart.tsx')).StackChart,
}))

interface OverTimeProps {
  view: DashboardView
  stats: Stats | undefined
}

export function OverTime({ view, stats }: OverTimeProps) {
  const { t } = useTranslation()
  const { by, measure, set } = view
  const stack = useStack(view, stats)
  return (
    <Section
      title={t('dashboard.overTime')}
      aside={
        <div className={styles['switches']}>
          <Segmented
            size="small"
            aria-label={t('dashboard.measure')}
            options={MEASURES.map((value) => ({ value, label: t(`dashboard.measures.${value}`) }))}
            value={measure}
            onChange={(value) => set({ measure: value })}
          />
          <Segmented
            size="small"
            aria-label={t('dashboard.by')}
            options={SPLITS.map((value) => ({ value, label: t(`dashboard.splits.${value}`) }))}
            value={by}
            onChange={(value) => set({ by: value })}
          />
        </div>
      }
    >
      {stack ? <Drawn view={view} stack={stack} /> : <div className={styles['frame']} aria-busy="true" />}
    </Section>
  )
}

function Drawn({ view: { measure }, stack }: { view: DashboardView; stack: ShownStack }) {
  const { t } = useTranslation()
  const [asTable, setAsTable] = useState(false)
  const go = useNavigate()
  const { price, moneyMarks, integer, compact } = useFormats()
  const isMoney = measure === 'cost'
  const [format, axis] = isMoney ? [price, moneyMarks(mostOf(stack))] : [integer, compact]
  const total = t('dashboard.total')
  const label = `${t('dashboard.overTime')}: ${t(`dashboard.measures.${measure}`)}`
  return (
    <div className={styles['frame']}>
      <div className={styles['plot']}>
        {asTable ? null : (
          <Suspense fallback={null}>
            <StackChart
              stack={stack}
              format={format}
              axis={axis}
              total={total}
              onPick={({ to }) => void go(to)}
            />
          </Suspense>
        )}
        <StackTable
          label={label}
          stack={stack}
          format={format}
          time={t('dashboard.time')}
          total={total}
          visible={asTable}
        />
      </div>
      <div className={styles['foot']}>
        <Legend stack={stack} format={format} />
        <Button size="small" type="text" onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'dashboard.asChart' : 'dashboard.asTable')}
        </Button>
      </div>
    </div>
  )
}

function Legend({ stack, format }: { stack: ShownStack; format: (value: number) => string }) {
  const { t } = useTranslation()
  return (
    <ul className={styles['legend']} aria-label={t('dashboard.legend')}>
      {stack.legend.map(({ id, name, colour, to, value }) => (
        <li key={id}>
          <span className={styles['swatch']} style={{ background: colour }} aria-hidden="true" />
          {to === null ? <span>{name}</span> : <Link to={to}>{name}</Link>}
          <span className={styles['value']}>{format(value)}</span>
        </li>
      ))}
    </ul>
  )
}
