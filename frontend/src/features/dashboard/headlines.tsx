/** The range in six figures. */
import type { Stats, StatsTotals } from '@claude-gateway/contract/stats.ts'
import { useTranslation } from 'react-i18next'
import type { Formats } from '../../i18n/formats.ts'
import { useFormats } from '../../i18n/use-formats.ts'
import styles from './headline-card.module.css'
import { HeadlineCard } from './headline-card.tsx'
import { changeOf, FIGURES, HEADLINES, type Headline, mostLost } from './headline-figures.ts'
import { logAddress, MESSAGES } from './log-address.ts'
import { promptTokens } from './measures.ts'

const NOTHING = '–'

const FORMAT_OF = {
  requests: 'integer',
  success: 'percent',
  cost: 'price',
  tokens: 'compact',
  cache: 'percent',
  firstContent: 'duration',
} as const satisfies Record<Headline, keyof Formats>

export function Headlines({ stats }: { stats: Stats | undefined }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const noteOf = useNotes()
  if (!stats) {
    return (
      <div className={styles['cards']} aria-busy="true">
        {HEADLINES.map((name) => (
          <div key={name} className={styles['card']}>
            <h2>{t(`dashboard.headlines.${name}`)}</h2>
          </div>
        ))}
      </div>
    )
  }
  const write = (name: Headline, totals: StatsTotals | undefined) => {
    const value = totals ? FIGURES[name].of(totals) : null
    return value === null ? NOTHING : formats[FORMAT_OF[name]](value)
  }
  return (
    <div className={styles['cards']}>
      {HEADLINES.map((name) => (
        <HeadlineCard
          key={name}
          name={name}
          value={write(name, stats.totals)}
          to={logAddress({ from: stats.from_ms, to: stats.to_ms, ...SHOWN[name] })}
          change={changeOf(name, stats.totals, stats.previous?.totals)}
          before={write(name, stats.previous?.totals)}
          spark={stats.series.map(({ totals }) => FIGURES[name].of(totals))}
          note={noteOf(name, stats)}
        />
      ))}
    </div>
  )
}

/** Which requests a figure is made of. Probes cost something too, and use tokens. */
const SHOWN = {
  requests: MESSAGES,
  success: MESSAGES,
  cost: {},
  tokens: {},
  cache: {},
  firstContent: MESSAGES,
} as const satisfies Record<Headline, object>

/** The words below each figure, and where they lead. */
function useNotes() {
  const { t } = useTranslation()
  const formats = useFormats()
  return (name: Headline, { totals, from_ms: from, to_ms: to }: Stats) => {
    const lost = mostLost(totals)
    const all = logAddress({ from, to })
    const saved = totals.uncached_cost_nano_usd - totals.cost_nano_usd
    const p95 = totals.first_content_p95_ms
    const notes = {
      requests: null,
      success: lost && {
        words: t('dashboard.lost', {
          outcome: t(`outcomes.${lost.outcome}`),
          number: formats.integer(lost.count),
        }),
        to: logAddress({ from, to, ...MESSAGES, outcome: lost.outcome }),
      },
      cost:
        totals.requests === 0
          ? null
          : {
              words: t('dashboard.each', {
                cost: formats.shortPrice(totals.cost_nano_usd / totals.requests),
              }),
              to: all,
            },
      tokens: {
        words: t('dashboard.inAndOut', {
          input: formats.compact(promptTokens(totals)),
          output: formats.compact(totals.output_tokens),
        }),
        to: all,
      },
      cache: {
        words: t(saved < 0 ? 'dashboard.paidForCache' : 'dashboard.saved', {
          cost: formats.price(Math.abs(saved)),
        }),
        to: all,
      },
      firstContent:
        p95 === null
          ? null
          : {
              words: t('dashboard.p95', { time: formats.duration(p95) }),
              to: logAddress({ from, to, ...MESSAGES }),
            },
    } satisfies Record<Headline, { words: string; to: string } | null>
    return notes[name]
  }
}
