/** Model names as clients write them, and the patterns that operators write for them. */

const WINDOW_HINT = '[1m]'

/** The name without a client's window hint: `claude-sonnet-5[1m]` is `claude-sonnet-5`. Contract rule B8. */
export function withoutWindowHint(model: string): string {
  return model.endsWith(WINDOW_HINT) ? model.slice(0, -WINDOW_HINT.length) : model
}

/** Whether a pattern (an exact name, or a prefix with one `*` at its end) covers a model. */
export function matchesModel(pattern: string, model: string): boolean {
  return pattern.endsWith('*') ? model.startsWith(pattern.slice(0, -1)) : pattern === model
}

/** Whether a list of patterns covers a model; an empty list covers all. */
export function servesModel(patterns: readonly string[], model: string): boolean {
  return patterns.length === 0 || patterns.some((pattern) => matchesModel(pattern, model))
}

/** A name for people: `claude-sonnet-4-5` is `Claude Sonnet 4.5`; what is not Claude's stays as it is. */
export function displayName(model: string): string {
  const parts = /^claude-([a-z]+)-(\d+)(?:-(\d{1,2}))?$/.exec(model)
  if (!parts) return model
  const [, family = '', major, minor] = parts
  const version = minor === undefined || minor === '0' ? major : `${major}.${minor}`
  return `Claude ${family.charAt(0).toUpperCase()}${family.slice(1)} ${version}`
}
