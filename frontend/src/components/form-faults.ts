/** What a schema found wrong, as one sentence a field. */

interface Issue {
  readonly path: readonly PropertyKey[]
  readonly code?: string
  readonly message: string
  /** What is wrong with a key of a record, where that is what is wrong. */
  readonly issues?: readonly Issue[]
}
interface Checked {
  readonly error?: { readonly issues: readonly Issue[] } | undefined
}

/** Where a field is simply not there, the schema's own words speak of types and codes; people need fewer. */
const NEEDED = 'is needed'

/** What an issue says to people. */
function wordsOf(issue: Issue): string {
  // A list of choices holds sound ones only: what is none of them was not chosen yet.
  if (issue.code === 'invalid_type' || issue.code === 'invalid_value') return NEEDED
  return issue.code === 'invalid_key' ? (issue.issues?.[0]?.message ?? issue.message) : issue.message
}

/** The first fault of each field, in the contract's English; a fault inside a list counts for the list's field. */
export function faultsOf(checked: Checked): ReadonlyMap<string, string> {
  const faults = new Map<string, string>()
  for (const issue of checked.error?.issues ?? []) {
    const field = String(issue.path[0] ?? '')
    if (!faults.has(field)) faults.set(field, wordsOf(issue))
  }
  return faults
}
