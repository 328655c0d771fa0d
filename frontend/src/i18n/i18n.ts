/** Makes the translator, with both catalogues in it. */
import { createInstance, type i18n as I18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en.ts'
import type { Language } from './language.ts'
import { zhCn } from './zh-cn.ts'

export async function createI18n(language: Language): Promise<I18n> {
  const i18n = createInstance()
  await i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, 'zh-CN': { translation: zhCn } },
    // React escapes what it renders.
    interpolation: { escapeValue: false },
  })
  return i18n
}
