/** The pages and their addresses; each page is fetched when it is first opened. */
import { createBrowserRouter, Navigate } from 'react-router'
import { FullPageLoading } from '../components/full-page-loading.tsx'
import { DoorLayout } from './door-layout.tsx'
import { RouteError } from './error-boundary.tsx'
import { Layout } from './layout.tsx'
import { NotFound } from './not-found.tsx'
import { SignedInOnly } from './session.tsx'

const pages = {
  login: async () => ({ Component: (await import('../features/login/login-page.tsx')).LoginPage }),
  setup: async () => ({ Component: (await import('../features/setup/setup-page.tsx')).SetupPage }),
  channels: async () => ({
    Component: (await import('../features/channels/channels-page.tsx')).ChannelsPage,
  }),
  mappings: async () => ({
    Component: (await import('../features/mappings/mappings-page.tsx')).MappingsPage,
  }),
  keys: async () => ({ Component: (await import('../features/keys/keys-page.tsx')).KeysPage }),
  requests: async () => ({ Component: (await import('../features/logs/requests-page.tsx')).RequestsPage }),
}

const shell = (
  <SignedInOnly>
    <Layout />
  </SignedInOnly>
)

export function createRouter() {
  return createBrowserRouter([
    {
      errorElement: <RouteError />,
      hydrateFallbackElement: <FullPageLoading />,
      children: [
        {
          element: <DoorLayout />,
          children: [
            { path: '/login', lazy: pages.login },
            { path: '/setup', lazy: pages.setup },
          ],
        },
        {
          element: shell,
          children: [
            { index: true, element: <Navigate to="/channels" replace /> },
            {
              errorElement: <RouteError />,
              children: [
                { path: '/channels', lazy: pages.channels },
                { path: '/mappings', lazy: pages.mappings },
                { path: '/keys', lazy: pages.keys },
                { path: '/requests', lazy: pages.requests },
                { path: '*', element: <NotFound /> },
              ],
            },
          ],
        },
      ],
    },
  ])
}
