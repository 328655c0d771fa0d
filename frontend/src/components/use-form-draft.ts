/** Keeps what was typed in a form over a reload or an ended session, in this tab only, and never a secret. */
import { useState } from 'react'

export interface FormDraft<Values> {
  /** What was typed before and is not saved yet; null where there is nothing. */
  kept: Partial<Values> | null
  keep: (values: Values) => void
  /** To be called when the form is saved, left or begun anew. */
  drop: () => void
}

function read(key: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null')
  } catch {
    return null
  }
}

function write(key: string, values: object): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(values))
  } catch {
    // A tab that may not store anything goes without drafts.
  }
}

/**
 * @param name which form, such as `channel.3`
 * @param withoutSecrets what of the values may be kept
 */
export function useFormDraft<Values extends object>(
  name: string,
  withoutSecrets: (values: Values) => Partial<Values>,
): FormDraft<Values> {
  const key = `gateway.draft.${name}`
  const [kept, setKept] = useState(() => {
    const found = read(key)
    return typeof found === 'object' && found !== null ? (found as Partial<Values>) : null
  })
  return {
    kept,
    keep: (values) => write(key, withoutSecrets(values)),
    drop: () => {
      sessionStorage.removeItem(key)
      setKept(null)
    },
  }
}
