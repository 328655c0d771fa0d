/** Lays out what can be shown before the console's scripts are here (src/first-sheet); app/first-sheet.ts takes it away. */
;(() => {
  const root = document.documentElement
  const path = location.pathname
  if (path === '/setup' || path === '/my-usage') return
  const language = root.lang.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
  const template = document.getElementById(`${path === '/login' ? 'door' : 'house'}-${language}`)
  if (!template) return
  const sheet = document.createElement('div')
  sheet.id = 'first-sheet'
  sheet.className = 'app'
  // The page itself says all of it again.
  sheet.setAttribute('aria-hidden', 'true')
  sheet.append(template.content.cloneNode(true))
  for (const host of sheet.querySelectorAll('[data-host]')) host.textContent = location.host
  for (const head of sheet.querySelectorAll('[data-head]')) if (head.dataset.head !== path) head.remove()
  for (const page of sheet.querySelectorAll('[data-page]')) {
    const { page: place } = page.dataset
    const here = place === '/' ? path === '/' : path === place || path.startsWith(`${place}/`)
    if (here) page.setAttribute('aria-current', 'page')
  }
  document.body.append(sheet)
})()
