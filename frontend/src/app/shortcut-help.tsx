/** The keys, and what they do. */
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../components/dialog.tsx'
import { PAGES } from './pages.ts'
import styles from './shortcut-help.module.css'
import { COMMAND_KEY } from './use-shortcuts.ts'

const WIDTH_PX = 460

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
    <Dialog width={WIDTH_PX} title={t('shortcuts.title')} footer={null} onCancel={onClose}>
      <KeyList lines={everywhere} />
      <h3 className={styles['caption']}>{t('shortcuts.go')}</h3>
      <KeyList lines={places} />
    </Dialog>
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
