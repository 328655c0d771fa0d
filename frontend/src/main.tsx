/** Starts the console. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { endFirstSheet } from './app/first-sheet.ts'
import { storedLanguage } from './app/preferences.ts'
import { connect, Providers } from './app/providers.tsx'
import { createRouter, fetchDoor, fetchShell } from './app/router.tsx'
import { askSession } from './app/session.tsx'
import { createI18n } from './i18n/i18n.ts'
import { firstLanguage } from './i18n/language.ts'
import './app/global.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root.')

const language = firstLanguage(storedLanguage(localStorage), navigator.languages)
const connection = connect()
// Whoever is signed in gets the page's parts fetched while the rest is still being read; a stranger gets none of them.
// A gateway that does not answer is told of by the one who shows the session.
askSession(connection.queries, connection.client).then(
  ({ signed_in }) => signed_in && fetchShell(language),
  () => {},
)
fetchDoor()
const i18n = await createI18n(language)
endFirstSheet(root)
createRoot(root).render(
  <StrictMode>
    <Providers i18n={i18n} connection={connection}>
      <RouterProvider router={createRouter(i18n)} />
    </Providers>
  </StrictMode>,
)
