/** Nano-dollars as dollars, exactly. Pure. */

const NANO_PER_USD = 1_000_000_000n

/** 1_500_000 → `0.0015`; no floating point on the way. `nanoUsd` is an integer. */
export function exactUsd(nanoUsd: number): string {
  const nano = BigInt(nanoUsd)
  const size = nano < 0n ? -nano : nano
  const fraction = String(size % NANO_PER_USD)
    .padStart(9, '0')
    .replace(/0+$/, '')
  return `${nano < 0n ? '-' : ''}${size / NANO_PER_USD}${fraction === '' ? '' : `.${fraction}`}`
}
