/** The name that a price list knows a Claude model by, whatever a cloud or a relay made of it. */
import { withoutWindowHint } from './model-name.ts'

/** No model has a longer name; and a name may come from a client, so that its length bounds the work. */
const MAX_LENGTH = 200

/**
 * Where the name of a Claude model begins: at the front, or behind a path (`anthropic/`, `vertex_ai/`, an ARN's
 * `inference-profile/`) and a region and vendor (`us.anthropic.`).
 */
const CLAUDE_NAME = /^(?:.*\/)?(?:(?:[a-z-]+\.)?anthropic\.)?(claude-[^/]+)$/

/** Vertex writes a snapshot as `claude-sonnet-4-5@20250929` or `claude-3-5-sonnet-v2@20241022`. */
const VERTEX_SNAPSHOT = /(?:-v\d+)?@(\d{8})$/

/**
 * What clouds and relays append: Bedrock's version (`-v1:0`, `-v1`), OpenRouter's variant (`:beta`, `:thinking`),
 * a thinking switch (`-thinking`), Vertex's `@default` and `@latest`.
 */
const DECORATION = /(?:-v\d+)?(?::[\da-z]+)*$|-thinking$|@(?:default|latest)$/

/** OpenRouter writes `claude-sonnet-4.5` and `claude-3.5-sonnet`. */
const DOTTED_VERSION = /(\d)\.(\d)/

/**
 * The bare id of a Claude model; any other name only loses its window hint. Nothing is guessed: a version or snapshot
 * that no list has stays unknown, since `claude-sonnet-5-5` is no `claude-sonnet-5`.
 */
export function billedModel(model: string): string {
  if (model.length > MAX_LENGTH) return model
  const name = withoutWindowHint(model.trim())
  const claude = CLAUDE_NAME.exec(name.toLowerCase())?.[1]
  if (claude === undefined) return name
  return claude.replace(VERTEX_SNAPSHOT, '-$1').replace(DECORATION, '').replace(DOTTED_VERSION, '$1-$2')
}
