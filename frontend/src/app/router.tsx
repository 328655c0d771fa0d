/** Which page stands at which address; the pages themselves are listed in pages.ts. */
import { createBrowserRouter, Navigate } from 'react-router'
import { FullPageLoading } from '../components/full-page-loading.tsx'
import { DoorLayout } from './door-layout.tsx'
import { RouteError } from './error-boundary.tsx'
import { Layout } from './layout.tsx'
import { NotFound } from './not-found.tsx'
import { INNER_PAGES, PAGES, type PageEntry } from './pages.ts'
import { SignedInOnly } from './session.tsx'

const doors: readonly Pick<PageEntry, 'path' | 'load'>[] = [
  { path: '/login', load: async () => (await import('../features/login/login-page.tsx')).LoginPage },
  { path: '/setup', load: async () => (await import('../features/setup/setup-page.tsx')).SetupPage },
]

const routeOf = ({ path, load }: Pick<PageEntry, 'path' | 'load'>) => ({
  path,
  lazy: async () => ({ Component: await load() }),
})

const shell = (
  <SignedInOnly>
    <Layout />
  </SignedInOnly>
)

export function createRouter() {
  const pages = {
    errorElement: <RouteError />,
    children: [...PAGES.map(routeOf), ...INNER_PAGES.map(routeOf), { path: '*', element: <NotFound /> }],
  }
  return createBrowserRouter([
    {
      errorElement: <RouteError />,
      hydrateFallbackElement: <FullPageLoading />,
      children: [
        { element: <DoorLayout />, children: doors.map(routeOf) },
        {
          element: shell,
          children: [{ index: true, element: <Navigate to="/channels" replace /> }, pages],
        },
      ],
    },
  ])
}
