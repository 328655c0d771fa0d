/** "Where would this model go?": asks the gateway's own routing, with channels switched or ranked otherwise if wanted. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { SearchWords } from '../../components/search-words.tsx'
import { useAddress } from '../../components/use-address.ts'
import { useSearch } from '../../components/use-search.ts'
import { RouteAnswer } from './route-answer.tsx'
import { RouteAsker } from './route-asker.tsx'
import styles from './route-box.module.css'
import { askedSchema, readWhatIfs, type WhatIfs, writeWhatIfs } from './route-question.ts'
import { useKnownModels } from './use-known-models.ts'

const WHAT_IF = 'what_if'

export function RouteBox() {
  const { t } = useTranslation()
  const { values, set } = useSearch(askedSchema)
  const { search, edit } = useAddress()
  // The palette leads here with an empty model, for it to be typed.
  const toBeTyped = search.get('model') === ''
  const whatIfs = readWhatIfs(search.get(WHAT_IF))
  const setWhatIfs = (after: WhatIfs) => {
    const text = writeWhatIfs(after)
    edit((address) => (text === undefined ? address.delete(WHAT_IF) : address.set(WHAT_IF, text)), {
      replace: true,
    })
  }
  const models = useKnownModels()
  const { model, ...asker } = values
  return (
    <section className={styles['box']} aria-labelledby="route-box">
      <div className={styles['ask']}>
        <h2 id="route-box">{t('route.title')}</h2>
        <SearchWords
          className={styles['field']}
          label={t('route.model')}
          placeholder="claude-sonnet-5"
          offers={models}
          autoFocus={toBeTyped}
          value={model}
          onSearch={(words) => set({ model: words }, { replace: true })}
        />
        <RouteAsker asker={asker} onChange={(change) => set(change, { replace: true })} />
        {whatIfs.size > 0 ? <Button onClick={() => setWhatIfs(new Map())}>{t('route.reset')}</Button> : null}
      </div>
      {model === undefined ? (
        <p className={styles['hint']}>{t('route.hint')}</p>
      ) : (
        <RouteAnswer asked={{ ...asker, model }} whatIfs={whatIfs} onWhatIf={setWhatIfs} />
      )}
    </section>
  )
}
