/** The time zone of the reader's clock, by which every time is shown that does not say its own zone. */
export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

/** As people read it. */
export const zoneWords = (timeZone: string): string => timeZone.replaceAll('_', ' ')
