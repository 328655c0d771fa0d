/** A JSON Schema as a list of its fields, for readers. Pure. */
import type { JsonSchema } from '@claude-gateway/contract/openapi.ts'
import { type Html, html, nothingToShow } from './html.ts'

type Schema = JsonSchema | boolean | undefined

const isSchema = (schema: Schema): schema is JsonSchema => typeof schema === 'object'

function variantsOf(schema: JsonSchema): JsonSchema[] {
  return (schema.anyOf ?? []).filter(isSchema)
}

/** `items` may be a list of schemas in older drafts; ours never is. */
export function itemOf(schema: JsonSchema): JsonSchema | undefined {
  return isSchema(schema.items as Schema) ? (schema.items as JsonSchema) : undefined
}

const BOUNDS = [
  ['minimum', 'from'],
  ['exclusiveMinimum', 'more than'],
  ['maximum', 'to'],
  ['minLength', 'from', 'characters'],
  ['maxLength', 'at most', 'characters'],
  ['maxItems', 'at most', 'entries'],
] as const

function boundsOf(schema: JsonSchema): string[] {
  return BOUNDS.flatMap(([name, word, unit]) => {
    const bound = schema[name]
    // One character and one entry are what "required" says already.
    if (typeof bound !== 'number' || (name === 'minLength' && bound === 1)) return []
    return [[word, bound.toLocaleString('en'), unit].filter(Boolean).join(' ')]
  })
}

function typeOf(schema: JsonSchema): string {
  const variants = variantsOf(schema)
  if (schema.$ref !== undefined) return schema.$ref.replace(/.*\//, '')
  if (variants.length > 0) return variants.map(typeOf).join(' or ')
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(', ')
  const item = itemOf(schema)
  if (item !== undefined) return `list of ${typeOf(item)}`
  return [schema.type ?? 'anything'].flat().join(' or ')
}

function describe(schema: JsonSchema): string {
  const fallback = schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`]
  return [typeOf(schema), ...boundsOf(schema), ...fallback].join(', ')
}

/** The fields inside a field: those of an object, of a list's items, or of the object among variants. */
function innerOf(schema: JsonSchema): JsonSchema | undefined {
  if (schema.properties !== undefined) return schema
  return [itemOf(schema), ...variantsOf(schema)]
    .filter(isSchema)
    .find((inner) => innerOf(inner) !== undefined)
}

function fieldOf(name: string, schema: JsonSchema, required: boolean): Html {
  const inner = innerOf(schema)
  return html`<div><dt><code${required ? html` class="required"` : nothingToShow}>${name}</code></dt>
<dd>${describe(schema)}</dd>${inner === undefined ? nothingToShow : fieldList(inner)}</div>`
}

/** `required` marks fields as such in what is sent; in what is answered nearly all are, so it says nothing. */
export function fieldList(schema: JsonSchema, showRequired = false): Html {
  const inner = innerOf(schema)
  if (inner !== undefined && inner !== schema) return fieldList(inner, showRequired)
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) =>
    fieldOf(name, isSchema(field) ? field : {}, showRequired && (schema.required ?? []).includes(name)),
  )
  return fields.length === 0 ? html`<p>${describe(schema)}</p>` : html`<dl>${fields}</dl>`
}
