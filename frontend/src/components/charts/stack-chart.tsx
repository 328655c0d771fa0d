/** What something came to over time, in parts that stand on each other. The same figures as a table are `StackTable`. */
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts'
import type { Stack, StackPoint } from './stack.ts'
import styles from './stack-chart.module.css'

interface StackChartProps {
  stack: Stack
  /** Writes a value in full, and on the axis. */
  format: (value: number) => string
  axis: (value: number) => string
  /** What all parts together are called. */
  total: string
  onPick: (point: StackPoint) => void
}

const BAR = { gap: '22%', mostPx: 44, radiusPx: 2 }
const MARGIN = { top: 8, right: 4, bottom: 0, left: 0 }
const AXIS = {
  tickLine: false,
  axisLine: false,
  tick: { fill: 'var(--ant-color-text-tertiary)', fontSize: 12 },
}

export function StackChart({ stack, format, axis, total, onPick }: StackChartProps) {
  const { series, points } = stack
  const at = (index: unknown) => points[Number(index)]
  const pick = (point: StackPoint | undefined) => point && onPick(point)
  const ticks = new Map(points.map(({ atMs, tick }) => [atMs, tick]))
  return (
    <div className={styles['chart']} aria-hidden="true">
      <BarChart
        responsive
        className={styles['drawing'] ?? ''}
        style={{ width: '100%', height: '100%' }}
        data={[...points]}
        accessibilityLayer={false}
        barCategoryGap={BAR.gap}
        maxBarSize={BAR.mostPx}
        margin={MARGIN}
        onClick={({ activeTooltipIndex }) => pick(at(activeTooltipIndex))}
      >
        <CartesianGrid vertical={false} stroke="var(--ant-color-border-secondary)" />
        <XAxis
          dataKey="atMs"
          {...AXIS}
          minTickGap={18}
          tickMargin={6}
          interval="equidistantPreserveStart"
          tickFormatter={(atMs: number) => ticks.get(atMs) ?? ''}
        />
        <YAxis {...AXIS} width={52} tickCount={5} tickFormatter={axis} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--ant-color-fill-tertiary)' }}
          content={({ active, activeIndex }) => {
            const point = active ? at(activeIndex) : undefined
            return point ? <Figures stack={stack} point={point} format={format} total={total} /> : null
          }}
        />
        {series.map(({ id, colour }, index) => (
          <Bar
            key={id}
            dataKey={(point: StackPoint) => point.values[index] ?? 0}
            stackId="all"
            fill={colour}
            stroke="var(--ant-color-bg-container)"
            strokeWidth={0.5}
            radius={index === series.length - 1 ? [BAR.radiusPx, BAR.radiusPx, 0, 0] : 0}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </div>
  )
}

interface FiguresProps {
  stack: Stack
  point: StackPoint
  format: (value: number) => string
  total: string
}

function Figures({ stack: { series }, point, format, total }: FiguresProps) {
  const shown = series
    .map((one, index) => ({ ...one, value: point.values[index] ?? 0 }))
    .filter(({ value }) => value !== 0)
  return (
    <div className={styles['figures']}>
      <strong>{point.title}</strong>
      {shown.map(({ id, name, colour, value }) => (
        <div key={id}>
          <span className={styles['swatch']} style={{ background: colour }} />
          <span className={styles['name']}>{name}</span>
          <span>{format(value)}</span>
        </div>
      ))}
      <div className={styles['total']}>
        <span className={styles['name']}>{total}</span>
        <span>{format(point.total)}</span>
      </div>
    </div>
  )
}
