/** Starts the console. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { storedLanguage } from './app/preferences.ts'
import { Providers } from './app/providers.tsx'
import { createRouter } from './app/router.tsx'
import { createI18n } from './i18n/i18n.ts'
import { firstLanguage } from './i18n/language.ts'
import './app/global.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root.')

const i18n = await createI18n(firstLanguage(storedLanguage(localStorage), navigator.languages))
createRoot(root).render(
  <StrictMode>
    <Providers i18n={i18n}>
      <RouterProvider router={createRouter(i18n)} />
    </Providers>
  </StrictMode>,
)
