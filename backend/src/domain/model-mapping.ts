/** Which name a model has upstream. Contract rule B8. */
import { withoutWindowHint } from './model-name.ts'

export interface ModelMapping {
  readonly id: number
  /** null: for every channel. */
  readonly channelId: number | null
  /** What clients ask for: a name, or a prefix with one `*` at its end. */
  readonly displayModel: string
  readonly upstreamModel: string
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** The mapping that applies, and whether it is the channel's own. */
export interface FoundMapping {
  readonly upstreamModel: string
  readonly isOwn: boolean
}

interface Scope {
  readonly exact: Map<string, FoundMapping>
  /** Longest first. */
  readonly prefixes: { prefix: string; found: FoundMapping }[]
}

/** The mappings, prepared for a look-up on every request. */
export interface MappingTable {
  /** Looks a model up for all channels at once. @returns the mapping on a channel, if one applies. */
  of(model: string): (channelId: number) => FoundMapping | undefined
  /** Whether any mapping, of whichever channel, names exactly this model. */
  names(model: string): boolean
}

/** The channel's own mappings come before the general ones; in each, exact before pattern, the longest pattern first. */
export function mappingTable(mappings: readonly ModelMapping[]): MappingTable {
  const scopes = new Map<number | null, Scope>()
  for (const mapping of mappings) addMapping(scopes, mapping)
  for (const scope of scopes.values()) scope.prefixes.sort((a, b) => b.prefix.length - a.prefix.length)
  const general = scopes.get(null)
  const names = new Set([...scopes.values()].flatMap(({ exact }) => [...exact.keys()]))
  return {
    of(model) {
      const forAll = general && findIn(general, model)
      return (channelId) => {
        const own = scopes.get(channelId)
        return (own && findIn(own, model)) ?? forAll
      }
    },
    names: (model) => names.has(model),
  }
}

/** What a channel is asked for when the client asks for `model`: the mapping's target, or the name without its hint. */
export function upstreamModel(table: MappingTable, channelId: number, model: string): string {
  const name = withoutWindowHint(model)
  return table.of(name)(channelId)?.upstreamModel ?? name
}

function addMapping(scopes: Map<number | null, Scope>, mapping: ModelMapping): void {
  const scope: Scope = scopes.get(mapping.channelId) ?? { exact: new Map(), prefixes: [] }
  scopes.set(mapping.channelId, scope)
  const found = { upstreamModel: mapping.upstreamModel, isOwn: mapping.channelId !== null }
  if (mapping.displayModel.endsWith('*'))
    scope.prefixes.push({ prefix: mapping.displayModel.slice(0, -1), found })
  else scope.exact.set(withoutWindowHint(mapping.displayModel), found)
}

function findIn(scope: Scope, model: string): FoundMapping | undefined {
  const exact = scope.exact.get(model)
  if (exact !== undefined) return exact
  return scope.prefixes.find(({ prefix }) => model.startsWith(prefix))?.found
}
