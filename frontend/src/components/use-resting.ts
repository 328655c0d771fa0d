/** What is typed into a field that the address answers for: told when the typing rests, and not lost meanwhile. */
import { useEffect, useRef, useState } from 'react'

/** Long enough for the next letter to come, short enough to feel immediate. */
const REST_MS = 180

interface Resting<Value> {
  /** What the address says. */
  readonly value: Value
  /** What is meant by what is typed, such as words without spaces around them. */
  readonly meant?: (typed: Value) => Value
  readonly onRest: (meant: Value) => void
}

/**
 * What is typed stands beside the address, which follows in its own time and would swallow letters typed meanwhile.
 * @returns what the field shows, and how it changes
 */
export function useResting<Value>(field: Resting<Value>): readonly [Value, (typed: Value) => void] {
  const { value, meant = (typed) => typed, onRest } = field
  const [typed, setTyped] = useState(value)
  const told = useRef(value)
  // The address may change by itself: by the back button, or when all filters are cleared.
  useEffect(() => {
    if (value !== told.current) setTyped(value)
    told.current = value
  }, [value])
  useEffect(() => {
    const now = meant(typed)
    if (now === told.current) return
    const rest = setTimeout(() => {
      told.current = now
      onRest(now)
    }, REST_MS)
    return () => clearTimeout(rest)
  })
  return [typed, setTyped]
}
