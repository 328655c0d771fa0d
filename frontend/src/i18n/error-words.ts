/** Puts what the gateway answers in English, or as a code, into the words of the reader's language. */
import type { TFunction } from 'i18next'
import type { ApiError } from '../api/api-error.ts'
import { faults } from './en/faults.ts'
import type { Catalogue } from './en.ts'

type FaultKey = keyof typeof faults
const faultKeys = new Map(Object.entries(faults).map(([key, words]) => [words, key as FaultKey]))

/** A field's fault: the contract's own sentences are translated, any other stays as it is. */
export function faultWords(t: TFunction, fault: string): string {
  const key = faultKeys.get(fault)
  return key === undefined ? fault : t(`faults.${key}`)
}

/** An error's sentence. English readers get the gateway's own, which knows more than its code. */
export function errorWords(t: TFunction, language: string, error: ApiError): string {
  if (language === 'en') return error.message
  return t(`errors.${error.code as keyof Catalogue['errors']}`, { defaultValue: error.message })
}
