/** Sets theme and language before the first paint, by the rules of app/preferences.ts and i18n/language.ts, so that nothing flashes. */
;(() => {
  const stored = localStorage.getItem('gateway.theme')
  const dark = stored === 'dark' || (stored !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  const root = document.documentElement
  root.dataset.theme = dark ? 'dark' : 'light'
  root.style.colorScheme = dark ? 'dark' : 'light'
  root.style.background = dark ? '#0d0f10' : '#f6f7f7'
  const language = localStorage.getItem('gateway.language')
  root.lang = language ?? navigator.languages.find((wanted) => /^(en|zh)/i.test(wanted)) ?? 'en'
})()
