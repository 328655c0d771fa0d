/** Light, dark, or as the system has it: the choice, and Ant Design set up by it. */
import { ConfigProvider, theme } from 'antd'
import { createContext, type ReactNode, use, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { antdTheme, themeClass } from './antd-theme.ts'
import { darkPalette, lightPalette, seriesVariables } from './palette.ts'
import { storedTheme, storeTheme, type ThemeChoice } from './preferences.ts'

/** No space between two Chinese characters: it would differ from every other text. */
const BUTTON = { autoInsertSpace: false }

interface ThemeControl {
  choice: ThemeChoice
  choose: (choice: ThemeChoice) => void
}
const ThemeContext = createContext<ThemeControl>({ choice: 'system', choose: () => {} })

export function useTheme(): ThemeControl {
  return use(ThemeContext)
}

function subscribeToSystem(changed: () => void): () => void {
  const query = matchMedia('(prefers-color-scheme: dark)')
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}
const systemIsDark = () => matchMedia('(prefers-color-scheme: dark)').matches

export function ThemeProvider({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation()
  const [choice, setChoice] = useState(() => storedTheme(localStorage))
  const systemDark = useSyncExternalStore(subscribeToSystem, systemIsDark)
  const dark = choice === 'dark' || (choice === 'system' && systemDark)
  const config = useMemo(() => antdTheme(dark), [dark])
  const choose = (next: ThemeChoice) => {
    storeTheme(localStorage, next)
    setChoice(next)
  }
  useEffect(() => {
    document.documentElement.style.colorScheme = dark ? 'dark' : 'light'
    document.documentElement.style.background = ''
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
    document.documentElement.lang = i18n.language
  }, [dark, i18n.language])
  return (
    <ThemeContext value={{ choice, choose }}>
      <ConfigProvider theme={config} button={BUTTON}>
        <Ground dark={dark}>{children}</Ground>
      </ConfigProvider>
    </ThemeContext>
  )
}

/** Carries the theme's `--ant-…` variables for our own style sheets. Ant Design's `App` would too, but weighs 60 KB. */
function Ground({ dark, children }: { dark: boolean; children: ReactNode }) {
  const { hashId } = theme.useToken()
  return (
    <div
      className={`app ${themeClass(dark)} ${hashId}`}
      style={seriesVariables(dark ? darkPalette : lightPalette)}
    >
      {children}
    </div>
  )
}
