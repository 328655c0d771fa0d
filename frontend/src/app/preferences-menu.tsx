/** Theme, language, and the way out. */
import { DesktopOutlined, LogoutOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons'
import { Dropdown, type MenuProps } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isLanguage, LANGUAGES } from '../i18n/language.ts'
import { THEMES } from './preferences.ts'
import { PreferencesButton } from './preferences-button.tsx'
import { useSession, useSignOut } from './session.tsx'
import { useTheme } from './theme.tsx'
import { useChooseLanguage } from './use-choose-language.ts'

const THEME_ICONS = { system: <DesktopOutlined />, light: <SunOutlined />, dark: <MoonOutlined /> }

function menuItems(t: TFunction, mayLeave: boolean): NonNullable<MenuProps['items']> {
  const themes = THEMES.map((choice) => ({
    key: choice,
    label: t(`app.themes.${choice}`),
    icon: THEME_ICONS[choice],
  }))
  const languages = Object.entries(LANGUAGES).map(([key, label]) => ({ key, label }))
  return [
    { type: 'group', key: 'theme', label: t('app.theme'), children: themes },
    { type: 'group', key: 'language', label: t('app.language'), children: languages },
    { type: 'divider' },
    { key: 'docs', label: <a href="/api/docs">{t('app.apiDocs')}</a> },
    ...(mayLeave ? [{ key: 'sign-out', label: t('app.signOut'), icon: <LogoutOutlined /> }] : []),
  ]
}

/** @param startsOpen for whoever asked for the menu before it was here */
export function PreferencesMenu({ startsOpen = false }: { startsOpen?: boolean }) {
  const [open, setOpen] = useState(startsOpen)
  const { t, i18n } = useTranslation()
  const { choice, choose } = useTheme()
  const session = useSession().data
  const signOut = useSignOut()
  const speak = useChooseLanguage()
  const onClick = ({ key }: { key: string }) => {
    if (key === 'sign-out') return signOut()
    const theme = THEMES.find((one) => one === key)
    if (theme) return choose(theme)
    if (isLanguage(key)) speak(key)
  }
  const items = menuItems(t, session?.method === 'session')
  const who = session?.username ?? (session?.method === 'none' ? t('app.openAccess') : t('app.menu'))
  return (
    <Dropdown
      trigger={['click']}
      open={open}
      onOpenChange={setOpen}
      menu={{ items, onClick, selectedKeys: [choice, i18n.language] }}
    >
      <PreferencesButton label={`${t('app.menu')}: ${who}`} who={who} />
    </Dropdown>
  )
}
