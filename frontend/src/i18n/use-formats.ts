/** The formats of the language in use. */
import { useTranslation } from 'react-i18next'
import { createFormats, type Formats } from './formats.ts'

/** By language: making them costs a millisecond, and a long table asks for them in every cell. */
const made = new Map<string, Formats>()

function formatsOf(language: string): Formats {
  const known = made.get(language)
  if (known) return known
  const formats = createFormats(language)
  made.set(language, formats)
  return formats
}

export function useFormats(): Formats {
  const { i18n } = useTranslation()
  return formatsOf(i18n.language)
}
