/** A field for words to search for. It shows what is typed at once, and tells it when the typing rests. */
import { AutoComplete, Input } from 'antd'
import { useResting } from './use-resting.ts'

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

export function SearchWords(props: SearchWordsProps) {
  const {
    label,
    placeholder = label,
    value = '',
    onSearch,
    offers,
    autoFocus = false,
    className = '',
  } = props
  const [typed, setTyped] = useResting({
    value,
    meant: (words) => words.trim(),
    onRest: (words) => onSearch(words === '' ? undefined : words),
  })
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
