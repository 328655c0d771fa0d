/** The keys, and what they do. */
import { Modal } from 'antd'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { PAGES } from './pages.ts'
import styles from './shortcut-help.module.css'
import { COMMAND_KEY } from './use-shortcuts.ts'

const WIDTH_PX = 460
/** There is nothing to do but to read: not the button that closes comes first. */
const focus = (list: HTMLElement | null) => list?.focus()

export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const everywhere = [
    { keys: [COMMAND_KEY, 'K'], words: t('shortcuts.palette') },
    { keys: ['/'], words: t('shortcuts.search') },
    { keys: ['?'], words: t('shortcuts.help') },
    { keys: ['Esc'], words: t('shortcuts.close') },
  ]
  const places = PAGES.flatMap(({ name, letter }) =>
    letter === null ? [] : [{ keys: ['g', letter], words: t(`nav.pages.${name}`) }],
  )
  return (
    <Modal open width={WIDTH_PX} title={t('shortcuts.title')} footer={null} onCancel={onClose}>
      <div ref={focus} tabIndex={-1} className={styles['list']}>
        <KeyList lines={everywhere} />
        <h3 className={styles['caption']}>{t('shortcuts.go')}</h3>
        <KeyList lines={places} />
      </div>
    </Modal>
  )
}

function KeyList({ lines }: { lines: readonly { keys: readonly string[]; words: string }[] }) {
  return (
    <dl className={styles['keys']}>
      {lines.map(({ keys, words }) => (
        <Fragment key={words}>
          <dt>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{words}</dd>
        </Fragment>
      ))}
    </dl>
  )
}
