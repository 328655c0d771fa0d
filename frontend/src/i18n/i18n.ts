/** Makes the translator. It fetches the language in use only, and the words of the pages only once somebody is let in. */
import { createInstance, type i18n as I18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { isLanguage, type Language } from './language.ts'

const NAMESPACE = 'translation'

const doorWords = {
  en: async () => (await import('./en-door.ts')).door,
  'zh-CN': async () => (await import('./zh-cn-door.ts')).door,
}
const allWords = {
  en: async () => (await import('./en.ts')).en,
  'zh-CN': async () => (await import('./zh-cn.ts')).zhCn,
}

/** A translator that knows the words of sign-in and set-up. */
export async function createI18n(language: Language): Promise<I18n> {
  const i18n = createInstance()
  await i18n.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { [NAMESPACE]: await doorWords[language]() } },
    // The catalogues have the same keys (a test compares them), so there is nothing to fall back to.
    fallbackLng: false,
    // React escapes what it renders.
    interpolation: { escapeValue: false },
  })
  return i18n
}

/** Fetches the words of every page, so that they are there once they are wanted. */
export const fetchAllWords = (language: Language): Promise<unknown> => allWords[language]()

/** Adds the words of every page, in the language in use. */
export async function loadAllWords(i18n: I18n): Promise<void> {
  if (isLanguage(i18n.language)) await learn(i18n, i18n.language)
}

/** Changes the language, once all of its words are there. */
export async function speak(i18n: I18n, language: Language): Promise<void> {
  await learn(i18n, language)
  await i18n.changeLanguage(language)
}

async function learn(i18n: I18n, language: Language): Promise<void> {
  i18n.addResourceBundle(language, NAMESPACE, await allWords[language](), true, true)
}
