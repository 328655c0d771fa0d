/** The way to everything by keyboard: the palette, the single keys, and the list of them. */
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './command-centre.module.css'
import { PageSign } from './page-sign.tsx'
import { COMMAND_KEY, useShortcuts } from './use-shortcuts.ts'

const Palette = lazy(async () => ({ default: (await import('./command-palette.tsx')).CommandPalette }))
const Help = lazy(async () => ({ default: (await import('./shortcut-help.tsx')).ShortcutHelp }))

export function CommandCentre() {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'palette' | 'help' | null>(null)
  const close = () => setOpen(null)
  const openPalette = () => setOpen('palette')
  const openHelp = () => setOpen('help')
  useShortcuts({ openPalette, openHelp })
  return (
    <>
      <button
        type="button"
        className={styles['open']}
        aria-keyshortcuts="Control+K Meta+K"
        onClick={openPalette}
      >
        <PageSign name="search" />
        <span className={styles['words']}>{t('palette.short')}</span>
        <kbd>{COMMAND_KEY} K</kbd>
      </button>
      <Suspense fallback={null}>
        {open === 'palette' ? <Palette onClose={close} onHelp={openHelp} /> : null}
        {open === 'help' ? <Help onClose={close} /> : null}
      </Suspense>
    </>
  )
}
