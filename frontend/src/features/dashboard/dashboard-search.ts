/** What the dashboard's address can say: which time, whose clock, and how it is looked at. */
import { statsQuerySchema } from '@claude-gateway/contract/stats.ts'

export const RANGES = ['today', '24h', '7d', '30d', '90d'] as const
export const SPLITS = ['model', 'channel', 'key'] as const
export const MEASURES = ['cost', 'tokens', 'requests'] as const
export const PACES = ['15s', '1m', '5m', 'off'] as const

const CHOICES = { range: RANGES, by: SPLITS, measure: MEASURES, refresh: PACES } as const
type Choices = { [Name in keyof typeof CHOICES]?: (typeof CHOICES)[Name][number] }

const times = statsQuerySchema.pick({ from: true, to: true, time_zone: true })
type Times = ReturnType<typeof times.parse>

export type Range = (typeof RANGES)[number]
export type Split = (typeof SPLITS)[number]
export type Measure = (typeof MEASURES)[number]
export type DashboardSearch = Times & Choices

const isChoice = (name: string): name is keyof typeof CHOICES => Object.hasOwn(CHOICES, name)

/** Undefined where one of the choices is none. */
function choicesIn(given: object): Choices | undefined {
  const chosen = Object.entries(given).filter(([name]) => isChoice(name))
  const sound = chosen.every(
    ([name, value]) => isChoice(name) && CHOICES[name].some((choice) => choice === value),
  )
  return sound ? Object.fromEntries(chosen) : undefined
}

/** In the form in which `useSearch` takes a schema. */
export const dashboardSearch = {
  shape: { ...times.shape, ...CHOICES },
  safeParse(given: object): { success: true; data: DashboardSearch } | { success: false } {
    const [rest, choices] = [times.safeParse(given), choicesIn(given)]
    if (!rest.success || !choices) return { success: false }
    return { success: true, data: { ...rest.data, ...choices } }
  },
  parse: (given: object): DashboardSearch => ({ ...times.parse(given), ...choicesIn(given) }),
}
