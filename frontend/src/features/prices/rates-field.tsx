/** Rates that hold in a special case, or none. Form.Item hands it value and onChange. */
import type { NewPrice } from '@claude-gateway/contract/price.ts'
import { InputNumber, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import styles from './prices-page.module.css'
import { RATES } from './rate-names.ts'

type Rates = NonNullable<NewPrice['fast']> & { over_tokens?: number }

interface RatesFieldProps {
  id?: string
  value?: Rates | null
  onChange?: (rates: Rates | null) => void
  /** From how many tokens of a prompt on they hold is asked for as well. */
  withThreshold?: boolean
}

const NOTHING: Rates = { input: 0, output: 0, cache_read: 0, cache_write_5m: 0, cache_write_1h: 0 }
const USUAL_THRESHOLD = 200_000

export function RatesField({ id, value, onChange, withThreshold = false }: RatesFieldProps) {
  const { t } = useTranslation()
  const rates = value ?? null
  const fresh = withThreshold ? { ...NOTHING, over_tokens: USUAL_THRESHOLD } : NOTHING
  const set = (name: keyof Rates, amount: number | null) =>
    onChange?.({ ...(rates ?? fresh), [name]: amount ?? 0 })
  return (
    <div className={styles['rates']}>
      <div>
        <Switch
          {...(id === undefined ? {} : { id })}
          checked={rates !== null}
          onChange={(on) => onChange?.(on ? fresh : null)}
        />
      </div>
      {rates === null ? null : (
        <div className={styles['pair']}>
          {withThreshold ? (
            <Amount
              label={t('prices.overTokens')}
              value={rates.over_tokens ?? 0}
              onSet={(n) => set('over_tokens', n)}
            />
          ) : null}
          {RATES.map((name) => (
            <Amount
              key={name}
              label={t(`prices.rates.${name}`)}
              value={rates[name]}
              prefix="$"
              onSet={(amount) => set(name, amount)}
            />
          ))}
        </div>
      )}
    </div>
  )
}

interface AmountProps {
  label: string
  value: number
  prefix?: string
  onSet: (amount: number | null) => void
}

function Amount({ label, value, prefix, onSet }: AmountProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the field is inside of it.
    <label>
      <span>{label}</span>
      <InputNumber<number> min={0} value={value} prefix={prefix} onChange={onSet} />
    </label>
  )
}
