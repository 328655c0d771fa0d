/** Everything that the command palette can do for what has been typed, in groups. */
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { mappingEndpoints } from '@claude-gateway/contract/mapping.ts'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useEndpoint } from '../api/use-endpoint.ts'
import { isLanguage, LANGUAGES } from '../i18n/language.ts'
import { PAGES } from './pages.ts'
import { THEMES } from './preferences.ts'
import { useSignOut } from './session.tsx'
import { useTheme } from './theme.tsx'
import { useChooseLanguage } from './use-choose-language.ts'

export interface Command {
  readonly key: string
  readonly label: string
  /** Stands at the end of the line: what it is, or the keys that do the same. */
  readonly hint?: string
  readonly run: () => void
}
export interface CommandGroup {
  readonly title: string
  readonly commands: readonly Command[]
}

/** Of the things that match, more than these would push the other groups off the screen. */
const MOST_PER_GROUP = 8
/** A request's id is longer than what one types as a word. */
const REQUEST_ID = /^[\w-]{8,300}$/

/** Every word that was typed stands somewhere in what the line says. */
function matches(typed: string, { label, hint = '' }: Command): boolean {
  const text = `${label} ${hint}`.toLowerCase()
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

function usePageCommands(): Command[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return PAGES.map(({ name, path, letter }) => ({
    key: path,
    label: t(`nav.pages.${name}`),
    ...(letter === null ? {} : { hint: `g ${letter}` }),
    run: () => void navigate(path),
  }))
}

function useActionCommands(onHelp: () => void): Command[] {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const { choose } = useTheme()
  const speak = useChooseLanguage()
  const signOut = useSignOut()
  const places = [
    { name: 'addChannel', to: '/channels?edit=new' },
    { name: 'addKey', to: '/keys?edit=new' },
    { name: 'addMapping', to: '/mappings?edit=new' },
    { name: 'askRoute', to: '/mappings?model=' },
    { name: 'tryMessage', to: '/playground' },
    { name: 'addPrice', to: '/prices?edit=new' },
    { name: 'addRule', to: '/settings?rule=new' },
    { name: 'addOperator', to: '/operators?edit=new' },
  ] as const
  return [
    ...places.map(({ name, to }) => ({
      key: name,
      label: t(`palette.${name}`),
      run: () => void navigate(to),
    })),
    ...THEMES.map((theme) => ({
      key: theme,
      label: `${t('app.theme')}: ${t(`app.themes.${theme}`)}`,
      run: () => choose(theme),
    })),
    ...Object.entries(LANGUAGES)
      .filter(([language]) => language !== i18n.language)
      .map(([language, name]) => ({
        key: language,
        label: `${t('app.language')}: ${name}`,
        run: () => isLanguage(language) && speak(language),
      })),
    { key: 'help', label: t('shortcuts.title'), hint: '?', run: onHelp },
    { key: 'sign-out', label: t('app.signOut'), run: signOut },
  ]
}

/** Channels, keys and mappings by name, and a request by its id. */
function useThingCommands(typed: string): Command[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const channels = useEndpoint(channelEndpoints.list, {}).data?.data ?? []
  const keys = useEndpoint(gatewayKeyEndpoints.list, {}).data?.data ?? []
  const mappings = useEndpoint(mappingEndpoints.list, {}).data?.data ?? []
  const things = [
    ...channels.map(({ id, name }) => ({
      label: name,
      to: `/channels/${id}`,
      hint: t('palette.channel'),
    })),
    ...keys.map(({ id, name }) => ({ label: name, to: `/keys/${id}`, hint: t('palette.key') })),
    ...mappings.map(({ id, display_model, upstream_model }) => ({
      label: `${display_model} → ${upstream_model}`,
      to: `/mappings?edit=${id}`,
      hint: t('palette.mapping'),
    })),
  ]
  const request = REQUEST_ID.test(typed)
    ? [{ label: t('palette.request'), to: `/requests?request_id=${typed}`, hint: typed }]
    : []
  return [...things, ...request].map(({ label, to, hint }) => ({
    key: to,
    label,
    hint,
    run: () => void navigate(to),
  }))
}

/** @param onHelp shows the list of keys */
export function useCommands(typed: string, onHelp: () => void): CommandGroup[] {
  const { t } = useTranslation()
  const pages = usePageCommands()
  const actions = useActionCommands(onHelp)
  const things = useThingCommands(typed)
  const groups = [
    // Before anything is typed, the things of the house would only bury the pages.
    { title: t('palette.things'), commands: typed === '' ? [] : things },
    { title: t('palette.pages'), commands: pages },
    { title: t('palette.actions'), commands: actions },
  ]
  return groups
    .map(({ title, commands }) => {
      const found = commands.filter((command) => matches(typed, command))
      return { title, commands: typed === '' ? found : found.slice(0, MOST_PER_GROUP) }
    })
    .filter(({ commands }) => commands.length > 0)
}
