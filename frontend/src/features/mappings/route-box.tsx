/** "Where would this model go?": asks the gateway's own routing, with channels switched or ranked otherwise if wanted. */
import { routeEndpoints } from '@claude-gateway/contract/route.ts'
import { AutoComplete, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useSearch } from '../../components/use-search.ts'
import { RouteAnswer } from './route-answer.tsx'
import styles from './route-box.module.css'
import type { WhatIfs } from './route-question.ts'
import { useKnownModels } from './use-known-models.ts'

const askedSchema = routeEndpoints.explain.body.pick({ model: true }).partial()
const NOTHING: WhatIfs = new Map()

export function RouteBox() {
  const { t } = useTranslation()
  const { values, set } = useSearch(askedSchema)
  // The palette leads here with an empty model, for it to be typed.
  const toBeTyped = useSearchParams()[0].get('model') === ''
  const [whatIfs, setWhatIfs] = useState<WhatIfs>(NOTHING)
  const models = useKnownModels()
  const options = models.map((value) => ({ value }))
  // Beside the address, which follows in its own time and would swallow letters that are typed meanwhile.
  const [typed, setTyped] = useState(values.model ?? '')
  const ask = (model: string) => {
    setTyped(model)
    set({ model: model.trim() || undefined }, { replace: true })
  }
  return (
    <section className={styles['box']} aria-labelledby="route-box">
      <div className={styles['ask']}>
        <h2 id="route-box">{t('route.title')}</h2>
        <AutoComplete
          className={styles['field'] ?? ''}
          options={options}
          showSearch={{ filterOption: true }}
          value={typed}
          onChange={ask}
        >
          <Input
            type="search"
            allowClear
            autoFocus={toBeTyped}
            aria-label={t('route.model')}
            placeholder="claude-sonnet-5"
            spellCheck={false}
          />
        </AutoComplete>
        {whatIfs.size > 0 ? <Button onClick={() => setWhatIfs(NOTHING)}>{t('route.reset')}</Button> : null}
      </div>
      {values.model === undefined ? (
        <p className={styles['hint']}>{t('route.hint')}</p>
      ) : (
        <RouteAnswer model={values.model} whatIfs={whatIfs} onWhatIf={setWhatIfs} />
      )}
    </section>
  )
}
