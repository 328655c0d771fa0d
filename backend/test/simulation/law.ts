/** What must hold whatever happens. A law that is broken names itself and the moment. */

class LawBroken extends Error {
  constructor(law: string, detail: string) {
    super(`${law}: ${detail}`)
    this.name = 'LawBroken'
  }
}

/** @param detail is asked for only when the law is broken. */
export function hold(law: string, isKept: boolean, detail: () => unknown): void {
  if (!isKept) throw new LawBroken(law, JSON.stringify(detail()))
}
