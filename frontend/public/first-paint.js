/** Sets theme and language before the first paint, from what app/preferences.ts stored, so that nothing flashes. */
;(() => {
  const stored = localStorage.getItem('gateway.theme')
  const dark = stored === 'dark' || (stored !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  const root = document.documentElement
  root.style.colorScheme = dark ? 'dark' : 'light'
  root.style.background = dark ? '#0d0f10' : '#f6f7f7'
  root.lang = localStorage.getItem('gateway.language') ?? navigator.language
})()
