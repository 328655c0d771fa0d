/** What a reader chose for this browser: theme and language. Kept in local storage; public/first-paint.js reads it too. */
export const THEMES = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof THEMES)[number]

const THEME_KEY = 'gateway.theme'
const LANGUAGE_KEY = 'gateway.language'

export function storedTheme(storage: Storage): ThemeChoice {
  const stored = storage.getItem(THEME_KEY)
  return THEMES.find((choice) => choice === stored) ?? 'system'
}

export function storeTheme(storage: Storage, choice: ThemeChoice): void {
  storage.setItem(THEME_KEY, choice)
}

export function storedLanguage(storage: Storage): string | null {
  return storage.getItem(LANGUAGE_KEY)
}

export function storeLanguage(storage: Storage, language: string): void {
  storage.setItem(LANGUAGE_KEY, language)
}
