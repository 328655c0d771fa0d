/** A field for words to search for. It shows what is typed at once, and tells it when the typing rests. */
import { AutoComplete, Input } from 'antd'
import { useEffect, useRef, useState } from 'react'

interface SearchWordsProps {
  /** What the field is for. */
  label: string
  /** Stands in it while it is empty; the label where nothing else is said. */
  placeholder?: string
  /** What is searched for; undefined for nothing. */
  value: string | undefined
  onSearch: (words: string | undefined) => void
  /** Words that are offered to choose from. */
  offers?: readonly string[]
  autoFocus?: boolean
  className?: string | undefined
}

/** Long enough for the next letter to come, short enough to feel immediate. */
const REST_MS = 180

export function SearchWords(props: SearchWordsProps) {
  const { label, placeholder = label, offers, autoFocus = false, className = '' } = props
  const [typed, setTyped] = useRestingWords(props)
  const looks = { 'aria-label': label, placeholder, autoFocus, spellCheck: false }
  if (!offers) {
    const change = ({ target }: { target: { value: string } }) => setTyped(target.value)
    return <Input type="search" allowClear className={className} value={typed} onChange={change} {...looks} />
  }
  return (
    <AutoComplete
      className={className}
      options={offers.map((value) => ({ value }))}
      showSearch={{ filterOption: true }}
      value={typed}
      onChange={setTyped}
    >
      <Input type="search" allowClear {...looks} />
    </AutoComplete>
  )
}

/** What is typed stands beside the address, which follows in its own time and would swallow letters typed meanwhile. */
function useRestingWords({ value = '', onSearch }: SearchWordsProps) {
  const [typed, setTyped] = useState(value)
  const told = useRef(value)
  // The address may change by itself: by the back button, or when all filters are cleared.
  useEffect(() => {
    if (value !== told.current) setTyped(value)
    told.current = value
  }, [value])
  useEffect(() => {
    const words = typed.trim()
    if (words === told.current) return
    const rest = setTimeout(() => {
      told.current = words
      onSearch(words === '' ? undefined : words)
    }, REST_MS)
    return () => clearTimeout(rest)
  })
  return [typed, setTyped] as const
}
