/** Sizes as people read them: decimal, as the settings count them. */
import { useTranslation } from 'react-i18next'

const STEPS = [
  { unit: 'terabyte', bytes: 1e12 },
  { unit: 'gigabyte', bytes: 1e9 },
  { unit: 'megabyte', bytes: 1e6 },
  { unit: 'kilobyte', bytes: 1e3 },
] as const

export function useBytes(): (bytes: number) => string {
  const { i18n } = useTranslation()
  return (bytes) => {
    const { unit, bytes: size } = STEPS.find((step) => bytes >= step.bytes) ?? { unit: 'byte', bytes: 1 }
    const options = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 } as const
    return new Intl.NumberFormat(i18n.language, options).format(bytes / size)
  }
}
