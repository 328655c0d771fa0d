/** The name that a price list knows a Claude model by, whatever a cloud or a relay made of it. */
import { withoutWindowHint } from './model-name.ts'

/**
 * Where the name of a Claude model begins: at the front, or behind a path (`anthropic/`, `vertex_ai/`, an ARN's
 * `inference-profile/`) and a region and vendor (`us.anthropic.`).
 */
const CLAUDE_NAME = /^(?:.*\/)?(?:(?:[a-z-]+\.)?anthropic\.)?(claude-[^/]+)$/

/**
 * What relays and clouds append: Bedrock's version (`-v1:0`, `-v1`), OpenRouter's variant (`:thinking`, `:beta`), a
 * thinking switch (`-thinking`), Vertex's `@default` and `@latest`.
 */
const DECORATION = /(?:-v\d+)?(?::[\da-z]+)*$|-thinking$|@(?:default|latest)$/
/** Vertex writes a snapshot as `claude-sonnet-4-5@20250929` or `claude-3-5-sonnet-v2@20241022`. */
const VERTEX_SNAPSHOT = /(?:-v\d+)?@(\d{8})$/
/** OpenRouter writes `claude-sonnet-4.5` and `claude-3.5-sonnet`. */
const DOTTED_VERSION = /(\d)\.(\d)/

/**
 * The bare id of a Claude model; any other name only loses its window hint. Nothing is guessed: a version or snapshot
 * that is not in the list stays unknown, since `claude-sonnet-5-5` is no `claude-sonnet-5`.
 */
export function billedModel(model: string): string {
  const name = withoutWindowHint(model.trim())
  const claude = CLAUDE_NAME.exec(name.toLowerCase())?.[1]
  if (claude === undefined) return name
  return claude.replace(VERTEX_SNAPSHOT, '-$1').replace(DECORATION, '').replace(DOTTED_VERSION, '$1-$2')
}
