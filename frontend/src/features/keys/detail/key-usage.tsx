/** What a key spent: by day and by model. */
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import type { Stats } from '@claude-gateway/contract/stats.ts'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { BarList } from '../../../components/charts/bar-list.tsx'
import { mostOf } from '../../../components/charts/stack.ts'
import { StackChart } from '../../../components/charts/stack-chart.tsx'
import { StackTable } from '../../../components/charts/stack-table.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { Section } from '../../../components/section.tsx'
import { useFormats } from '../../../i18n/use-formats.ts'
import styles from './key-usage.module.css'
import { useCostStack, useKeyDays } from './use-key-days.ts'

export function KeyUsage({ gatewayKey: { id, time_zone: timeZone } }: { gatewayKey: GatewayKeyView }) {
  const { t } = useTranslation()
  const days = useKeyDays({ id, timeZone })
  return (
    <Section
      title={t('keyPage.usage')}
      aside={<Link to={`/requests?key_id=${id}`}>{t('keys.itsRequests')}</Link>}
    >
      <div className={styles['room']}>
        <QueryView query={days}>{(stats) => <Shown stats={stats} id={id} timeZone={timeZone} />}</QueryView>
      </div>
    </Section>
  )
}

interface ShownProps {
  stats: Stats
  id: number
  timeZone: string
}

function Shown({ stats, id, timeZone }: ShownProps) {
  const { t } = useTranslation()
  const { cost, moneyMarks } = useFormats()
  const go = useNavigate()
  const stack = useCostStack(stats, { id, timeZone })
  if (stats.totals.requests === 0) return <p className={styles['none']}>{t('keyPage.notUsed')}</p>
  const table = {
    label: t('keyPage.byDay'),
    stack,
    format: cost,
    time: t('keyPage.day'),
    total: t('keyPage.total'),
  }
  return (
    <>
      <Totals totals={stats.totals} />
      <div className={styles['parts']}>
        <div>
          <h3>{t('keyPage.byDay')}</h3>
          <div className={styles['chart']}>
            <StackChart
              stack={stack}
              format={cost}
              axis={moneyMarks(mostOf(stack))}
              total={t('keyPage.total')}
              onPick={({ to }) => void go(to)}
            />
          </div>
          <StackTable {...table} visible={false} />
        </div>
        <div>
          <h3>{t('keyPage.byModel')}</h3>
          <Models stats={stats} id={id} />
        </div>
      </div>
    </>
  )
}

function Totals({ totals }: Pick<Stats, 'totals'>) {
  const { t } = useTranslation()
  const { integer, price, percent, compact } = useFormats()
  const tokens =
    totals.input_tokens +
    totals.output_tokens +
    totals.cache_read_tokens +
    totals.cache_write_5m_tokens +
    totals.cache_write_1h_tokens
  const facts = [
    { name: 'cost', value: price(totals.cost_nano_usd) },
    { name: 'requests', value: integer(totals.requests) },
    { name: 'tokens', value: compact(tokens) },
    { name: 'cached', value: totals.cache_hit_share === null ? '–' : percent(totals.cache_hit_share) },
    { name: 'saved', value: price(Math.max(0, totals.uncached_cost_nano_usd - totals.cost_nano_usd)) },
  ] as const
  return (
    <dl className={styles['totals']}>
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{t(`keyPage.totals.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Models({ stats, id }: { stats: Stats; id: number }) {
  const { t } = useTranslation()
  const { cost, integer } = useFormats()
  const most = Math.max(1, ...stats.groups.map(({ cost_nano_usd }) => cost_nano_usd))
  const rows = stats.groups.map(({ group, cost_nano_usd, requests }) => ({
    key: String(group),
    name: group ?? t('requests.noModel'),
    to: `/requests?key_id=${id}${group === null ? '' : `&model=${encodeURIComponent(group)}`}`,
    value: cost(cost_nano_usd),
    share: cost_nano_usd / most,
    note: t('keyPage.requests', { count: requests, number: integer(requests) }),
  }))
  return <BarList label={t('keyPage.byModel')} rows={rows} />
}
