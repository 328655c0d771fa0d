/** The languages the console speaks, and which one to begin with. */
export const LANGUAGES = { en: 'English', 'zh-CN': '简体中文' } as const
export type Language = keyof typeof LANGUAGES

export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && Object.hasOwn(LANGUAGES, value)
}

/** What was chosen before, else what the browser asks for, else English. */
export function firstLanguage(stored: string | null, preferred: readonly string[]): Language {
  if (isLanguage(stored)) return stored
  for (const wanted of preferred) {
    if (wanted.toLowerCase().startsWith('zh')) return 'zh-CN'
    if (wanted.toLowerCase().startsWith('en')) return 'en'
  }
  return 'en'
}
