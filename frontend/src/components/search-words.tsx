/** A field for words to search for. It shows what is typed at once, and tells it when the typing rests. */
import { Input } from 'antd'
import { useEffect, useRef, useState } from 'react'

interface SearchWordsProps {
  /** What the field is for; also stands in it while it is empty. */
  label: string
  /** What is searched for; undefined for nothing. */
  value: string | undefined
  onSearch: (words: string | undefined) => void
}

/** Long enough for the next letter to come, short enough to feel immediate. */
const REST_MS = 180

export function SearchWords({ label, value = '', onSearch }: SearchWordsProps) {
  const [typed, setTyped] = useState(value)
  const told = useRef(value)
  // The address may change by itself: by the back button, or when all filters are cleared.
  useEffect(() => {
    if (value !== told.current) setTyped(value)
    told.current = value
  }, [value])
  useEffect(() => {
    if (typed === told.current) return
    const rest = setTimeout(() => {
      told.current = typed
      onSearch(typed === '' ? undefined : typed)
    }, REST_MS)
    return () => clearTimeout(rest)
  })
  return (
    <Input
      type="search"
      allowClear
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
    />
  )
}
