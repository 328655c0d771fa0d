/** Light, dark, or as the system has it: the choice, and Ant Design set up by it. */
import { LoadingOutlined } from '@ant-design/icons'
import { ConfigProvider, theme } from 'antd'
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMediaQuery } from '../components/use-media-query.ts'
import { antdTheme, themeClass } from './antd-theme.ts'
import { darkPalette, lightPalette, seriesVariables } from './palette.ts'
import { storedTheme, storeTheme, type ThemeChoice } from './preferences.ts'

const BUTTON = {
  // No space between two Chinese characters: it would differ from every other text.
  autoInsertSpace: false,
  // Hidden from screen readers: a button keeps its name while it works, and after.
  loadingIcon: <LoadingOutlined aria-hidden="true" />,
}

interface ThemeControl {
  choice: ThemeChoice
  choose: (choice: ThemeChoice) => void
}
const ThemeContext = createContext<ThemeControl>({ choice: 'system', choose: () => {} })

export function useTheme(): ThemeControl {
  return use(ThemeContext)
}

export function ThemeProvider({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation()
  const [choice, setChoice] = useState(() => storedTheme(localStorage))
  const systemDark = useMediaQuery('(prefers-color-scheme: dark)')
  const still = useMediaQuery('(prefers-reduced-motion: reduce)')
  const dark = choice === 'dark' || (choice === 'system' && systemDark)
  const config = useMemo(() => antdTheme({ dark, still }), [dark, still])
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
