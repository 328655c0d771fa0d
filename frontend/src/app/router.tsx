/** Which page stands at which address; the pages themselves are listed in pages.ts. */
import type { i18n as I18n } from 'i18next'
import { lazy, Suspense } from 'react'
import { createBrowserRouter, matchPath } from 'react-router'
import { FullPageLoading } from '../components/full-page-loading.tsx'
import { fetchAllWords, loadAllWords } from '../i18n/i18n.ts'
import { isLanguage, type Language } from '../i18n/language.ts'
import { DoorLayout } from './door-layout.tsx'
import { RouteError } from './error-boundary.tsx'
import { NotFound } from './not-found.tsx'
import { INNER_PAGES, PAGES, type PageEntry } from './pages.ts'
import { SignedInOnly } from './session.tsx'

type Place = Pick<PageEntry, 'path' | 'load'>

const doors: readonly Place[] = [
  { path: '/login', load: async () => (await import('../features/login/login-page.tsx')).LoginPage },
  { path: '/setup', load: async () => (await import('../features/setup/setup-page.tsx')).SetupPage },
]
/** For those who hold a key; it has words of pages, which the other doors do without. */
const myUsage = (i18n: I18n): Place => ({
  path: '/my-usage',
  load: async () => {
    const page = import('../features/my-usage/my-usage-page.tsx')
    const [{ MyUsagePage }] = await Promise.all([page, loadAllWords(i18n)])
    return MyUsagePage
  },
})
const pages = [...PAGES, ...INNER_PAGES]

// Not the router's own `lazy`, which would fetch a page before the guard has decided that it may be shown.
function routeOf({ path, load }: Place) {
  return { path, Component: lazy(async () => ({ default: await load() })) }
}

/** Sign-in and set-up are what a stranger most likely asks for: their page comes beside what it waits for. */
export function fetchDoor(): void {
  doors
    .find(({ path }) => path === window.location.pathname)
    ?.load()
    .catch(() => {})
}

/** The frame, the words and the page that was asked for come side by side, once somebody is known to be let in. */
export function fetchShell(language: Language): void {
  const here = pages.find(({ path }) => matchPath(path, window.location.pathname))
  for (const part of [import('./layout.tsx'), fetchAllWords(language), here?.load()]) {
    // What does not come is the business of the one who shows it.
    part?.catch(() => {})
  }
}

function createShell(i18n: I18n) {
  return lazy(async () => {
    if (isLanguage(i18n.language)) fetchShell(i18n.language)
    const [{ Layout }] = await Promise.all([import('./layout.tsx'), loadAllWords(i18n)])
    return { default: Layout }
  })
}

export function createRouter(i18n: I18n) {
  const Shell = createShell(i18n)
  // One boundary for the frame and its first page: with a second one, React would hold the page back for a third of a
  // second after the frame, lest things flash. Later pages come as transitions, which keep the one before in view.
  const shell = (
    <SignedInOnly>
      <Suspense fallback={<FullPageLoading />}>
        <Shell />
      </Suspense>
    </SignedInOnly>
  )
  const places = {
    errorElement: <RouteError />,
    children: [...pages.map(routeOf), { path: '*', element: <NotFound /> }],
  }
  return createBrowserRouter([
    {
      errorElement: <RouteError />,
      children: [
        { element: <DoorLayout />, children: [...doors, myUsage(i18n)].map(routeOf) },
        { element: shell, children: [places] },
      ],
    },
  ])
}
