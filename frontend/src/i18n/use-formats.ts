/** The formats of the language in use. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { createFormats, type Formats } from './formats.ts'

export function useFormats(): Formats {
  const { i18n } = useTranslation()
  return useMemo(() => createFormats(i18n.language), [i18n.language])
}
