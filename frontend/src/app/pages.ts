/** Every page of the console, in the order of the navigation: a new page is one entry here, and its name in `nav.pages`. */
import type { ComponentType } from 'react'
import type { PageName } from './page-sign.tsx'

export const PAGE_GROUPS = ['traffic', 'routing', 'house'] as const

export interface PageEntry {
  /** Its sign is drawn in page-sign.tsx, its label stands in the catalogues under `nav.pages`. */
  readonly name: PageName
  readonly path: string
  /** Fetches the page; called when it is first opened. */
  readonly load: () => Promise<ComponentType>
  /** `g`, then this letter, goes there; null for a page that is not in the navigation. */
  readonly letter: string | null
  readonly group: (typeof PAGE_GROUPS)[number]
  /** Stands in the bar below on a telephone, which has room for four; the others are behind "More". */
  readonly onBar?: true
}

export const PAGES: readonly PageEntry[] = [
  {
    name: 'dashboard',
    path: '/',
    load: async () => (await import('../features/dashboard/dashboard-page.tsx')).DashboardPage,
    letter: 'd',
    group: 'traffic',
    onBar: true,
  },
  {
    name: 'requests',
    path: '/requests',
    load: async () => (await import('../features/logs/requests-page.tsx')).RequestsPage,
    letter: 'r',
    group: 'traffic',
    onBar: true,
  },
  {
    name: 'sessions',
    path: '/sessions',
    load: async () => (await import('../features/sessions/sessions-page.tsx')).SessionsPage,
    letter: 's',
    group: 'traffic',
  },
  {
    name: 'channels',
    path: '/channels',
    load: async () => (await import('../features/channels/channels-page.tsx')).ChannelsPage,
    letter: 'c',
    group: 'routing',
    onBar: true,
  },
  {
    name: 'mappings',
    path: '/mappings',
    load: async () => (await import('../features/mappings/mappings-page.tsx')).MappingsPage,
    letter: 'm',
    group: 'routing',
  },
  {
    name: 'keys',
    path: '/keys',
    load: async () => (await import('../features/keys/keys-page.tsx')).KeysPage,
    letter: 'k',
    group: 'routing',
    onBar: true,
  },
  {
    name: 'settings',
    path: '/settings',
    load: async () => (await import('../features/settings/settings-page.tsx')).SettingsPage,
    letter: 't',
    group: 'house',
  },
  {
    name: 'prices',
    path: '/prices',
    load: async () => (await import('../features/prices/prices-page.tsx')).PricesPage,
    letter: 'p',
    group: 'house',
  },
  {
    name: 'operators',
    path: '/operators',
    load: async () => (await import('../features/operators/operators-page.tsx')).OperatorsPage,
    letter: 'o',
    group: 'house',
  },
  {
    name: 'audit',
    path: '/audit',
    load: async () => (await import('../features/audit/audit-page.tsx')).AuditPage,
    letter: 'a',
    group: 'house',
  },
  {
    name: 'system',
    path: '/system',
    load: async () => (await import('../features/system/system-page.tsx')).SystemPage,
    letter: 'v',
    group: 'house',
  },
  {
    name: 'playground',
    path: '/playground',
    load: async () => (await import('../features/playground/playground-page.tsx')).PlaygroundPage,
    letter: 'y',
    group: 'traffic',
  },
  {
    name: 'start',
    path: '/start',
    load: async () => (await import('../features/start/start-page.tsx')).StartPage,
    letter: 'i',
    group: 'house',
  },
]

/** Pages that are reached from another one: `/channels/:id` and the like. */
export const INNER_PAGES: readonly Pick<PageEntry, 'path' | 'load'>[] = [
  {
    path: '/channels/:id',
    load: async () => (await import('../features/channels/channel-page.tsx')).ChannelPage,
  },
  {
    path: '/keys/:id',
    load: async () => (await import('../features/keys/key-page.tsx')).KeyPage,
  },
  {
    path: '/sessions/:id',
    load: async () => (await import('../features/sessions/session-page.tsx')).SessionPage,
  },
  {
    path: '/invoices',
    load: async () => (await import('../features/keys/invoice/invoice-page.tsx')).InvoicePage,
  },
]
