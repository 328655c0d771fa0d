/** The key that its holder has shown: in memory, or in this tab's storage where they choose so. Never in an address. */
import { useState } from 'react'

const STORED_AS = 'gateway.my-key'

interface OwnKey {
  /** null until one is shown. */
  readonly secret: string | null
  /** @param keep whether it outlives a reload, until the tab is closed */
  readonly show: (secret: string, keep: boolean) => void
  readonly forget: () => void
}

function stored(): string | null {
  try {
    return sessionStorage.getItem(STORED_AS)
  } catch {
    // A tab that may not store anything keeps nothing.
    return null
  }
}

function store(secret: string | null): void {
  try {
    if (secret === null) sessionStorage.removeItem(STORED_AS)
    else sessionStorage.setItem(STORED_AS, secret)
  } catch {
    // The same.
  }
}

export function useOwnKey(): OwnKey {
  const [secret, setSecret] = useState(stored)
  return {
    secret,
    show: (shown, keep) => {
      store(keep ? shown : null)
      setSecret(shown)
    },
    forget: () => {
      store(null)
      setSecret(null)
    },
  }
}
