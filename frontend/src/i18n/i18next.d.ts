/** Tells i18next our catalogue, so that a key that does not exist does not compile. */
import type { Catalogue } from './en.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: Catalogue }
  }
}
