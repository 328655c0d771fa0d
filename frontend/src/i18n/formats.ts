/** Writes numbers, money and times the way the reader's language does. */

const NANO_USD = 1e-9
const STEPS_AGO = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1000 },
] as const satisfies readonly { unit: Intl.RelativeTimeFormatUnit; ms: number }[]

// A narrow no-break space keeps figure and unit together.
const GAP = ' '

export type Formats = ReturnType<typeof createFormats>

/** @param most digits of a fraction that are written where they are not zero */
function dollars(language: string, digits: number, most = digits) {
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: most,
  })
}

function agoIn(language: string) {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' })
  return (timeMs: number, nowMs: number): string => {
    const passed = Math.max(0, nowMs - timeMs)
    const step = STEPS_AGO.find(({ ms }) => passed >= ms) ?? { unit: 'second', ms: 1000 }
    return relative.format(-Math.floor(passed / step.ms), step.unit)
  }
}

function durationIn(language: string) {
  const seconds = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  return (ms: number): string => {
    if (Math.round(ms) < 1000) return `${Math.round(ms)}${GAP}ms`
    if (Math.round(ms / 100) < 600) return `${seconds.format(ms / 1000)}${GAP}s`
    const whole = Math.round(ms / 1000)
    return `${Math.floor(whole / 60)}${GAP}min${GAP}${whole % 60}${GAP}s`
  }
}

const PERIODS = [
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const

/** A length of time that was chosen rather than measured: `5 minutes`, `1 hour`. */
function periodIn(language: string) {
  return (seconds: number): string => {
    const whole = PERIODS.find((one) => seconds >= one.seconds && seconds % one.seconds === 0)
    const { unit, seconds: length } = whole ?? PERIODS[2]
    const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' })
    return format.format(seconds / length)
  }
}

/** Seconds matter while one waits for them. */
const SOON_MS = 5 * 60_000
const YEAR_MS = 365 * 86_400_000

/** A time as short as it can be told apart from now: with seconds soon, with the day on another one. */
function momentIn(language: string) {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...options })
  const [seconds, minutes] = [format({ second: '2-digit' }), format({})]
  const otherDay = format({ month: 'short', day: 'numeric' })
  const otherYear = format({ dateStyle: 'medium', timeStyle: 'short', hour: undefined, minute: undefined })
  return (timeMs: number, nowMs: number): string => {
    const [time, now] = [new Date(timeMs), new Date(nowMs)]
    if (Math.abs(timeMs - nowMs) > YEAR_MS / 2) return otherYear.format(time)
    if (time.toDateString() !== now.toDateString()) return otherDay.format(time)
    return (Math.abs(timeMs - nowMs) < SOON_MS ? seconds : minutes).format(time)
  }
}

/** Up to this much, marks of an axis are written with the same digits, so that they can be compared; above, shortened. */
const PLAIN_USD = 100

/** Marks of an axis that ends at `mostNanoUsd`: `$0.80`, `$1.60`; `$0.015`, `$0.030`; above a hundred dollars `$1.25K`. */
function moneyMarksIn(language: string, short: (nanoUsd: number) => string) {
  return (mostNanoUsd: number) => {
    const most = mostNanoUsd * NANO_USD
    if (most === 0 || most > PLAIN_USD) return short
    // As recharts cuts an axis: in four steps, each a multiple of a twentieth of the power of ten above it.
    const power = Math.floor(Math.log10(most / 4)) + 1
    const digits = power > 0 ? 0 : 2 - power
    const format = dollars(language, digits)
    return (nanoUsd: number) => (nanoUsd === 0 ? short(0) : format.format(nanoUsd * NANO_USD))
  }
}

/** @param language a BCP 47 tag, such as `zh-CN` */
export function createFormats(language: string) {
  const integer = new Intl.NumberFormat(language)
  const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 })
  const decimal = new Intl.NumberFormat(language, { maximumFractionDigits: 6 })
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  const price = new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
  })
  const shortPrice = new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumSignificantDigits: 3,
  })
  const [cents, exact, amount] = [dollars(language, 4), dollars(language, 6), dollars(language, 2, 4)]
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23' })
  const day = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric' })
  const dateTime = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    hourCycle: 'h23',
  })
  const short = (nanoUsd: number) => shortPrice.format(nanoUsd * NANO_USD)
  return {
    integer: (value: number) => integer.format(value),
    decimal: (value: number) => decimal.format(value),
    compact: (value: number) => compact.format(value),
    /** @param share from 0 to 1 */
    percent: (share: number) => percent.format(share),
    /** Sums, four decimals, so that a column of small requests can be compared. */
    cost: (nanoUsd: number) => cents.format(nanoUsd * NANO_USD),
    /** One request's invoice, six decimals. */
    exactCost: (nanoUsd: number) => exact.format(nanoUsd * NANO_USD),
    /** Money where there is little room, three digits of it: `$0.0123`, `$1.25K`. */
    shortPrice: short,
    /** For the axis of a chart. */
    moneyMarks: moneyMarksIn(language, short),
    /** An amount that may be less than a cent: `$40.00`, `$15.31`, `$0.006`. */
    amount: (usd: number) => (usd < 1 ? amount : price).format(usd),
    /** A price as people quote it. */
    price: (nanoUsd: number) => price.format(nanoUsd * NANO_USD),
    duration: durationIn(language),
    clock: (timeMs: number) => clock.format(timeMs),
    day: (timeMs: number) => day.format(timeMs),
    dateTime: (timeMs: number) => dateTime.format(timeMs),
    ago: agoIn(language),
    period: periodIn(language),
    /** When something was or will be, seen from `nowMs`: `14:05`, or `Aug 1, 14:05`. */
    moment: momentIn(language),
  }
}
