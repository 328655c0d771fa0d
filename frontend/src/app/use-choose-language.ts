/** Changes the language of the console, and keeps the choice for this browser. */
import { useTranslation } from 'react-i18next'
import { speak } from '../i18n/i18n.ts'
import type { Language } from '../i18n/language.ts'
import { storeLanguage } from './preferences.ts'

export function useChooseLanguage(): (language: Language) => void {
  const { i18n } = useTranslation()
  return (language) => {
    storeLanguage(localStorage, language)
    void speak(i18n, language)
  }
}
