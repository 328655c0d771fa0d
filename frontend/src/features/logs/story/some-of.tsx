/** The first of many things, and a button for more: a body may hold thousands. */
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

const STEP = 100

interface SomeOfProps<Item> {
  items: readonly Item[]
  children: (item: Item, index: number) => ReactNode
}

export function SomeOf<Item>({ items, children }: SomeOfProps<Item>) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(STEP)
  const left = items.length - shown
  return (
    <>
      {items.slice(0, shown).map(children)}
      {left > 0 ? (
        <li>
          <Button size="small" type="link" onClick={() => setShown(shown + STEP)}>
            {t('bodies.more', { number: left })}
          </Button>
        </li>
      ) : null}
    </>
  )
}
