/** Price lists: layers of rows, asked for the price of a model on a day. Contract rule E3. */
import { billedModel } from './billed-model.ts'
import { type PriceRow, UNKNOWN_MODEL } from './price.ts'

/** The prices of one model over time, the newest first. */
type History = readonly PriceRow[]

interface Layer {
  readonly byId: ReadonlyMap<string, History>
  readonly byAlias: ReadonlyMap<string, History>
  /** The longest prefix first. */
  readonly byPrefix: readonly { readonly prefix: string; readonly history: History }[]
}

/** What other vendors charge for a model by its name as it came; null where that is not known. */
export type VendorPrices = (model: string, atMs: number) => VendorPrice | null

export interface VendorPrice {
  readonly row: PriceRow
  /** Whether the vendor has a model of this very name: a pattern of theirs may take a new version for an old one. */
  readonly isExact: boolean
}

/** Prices compiled for look-up; never changed once made. */
export interface PriceList {
  /** The first that has a row in force decides. */
  readonly layers: readonly Layer[]
  readonly vendors: VendorPrices
  /** The newest first. */
  readonly unknown: History
}

/** How a name came to its price. */
export type PriceMatch = 'exact' | 'alias' | 'pattern' | 'vendor' | 'unknown'

export interface FoundPrice {
  readonly row: PriceRow
  readonly match: PriceMatch
  /** True where the row only stands in: it holds from a later day on, or for another model. */
  readonly estimated: boolean
}

const NO_VENDORS: VendorPrices = () => null

/**
 * Compiles the rows that hold for a channel, or without one for all: the channel's own before the operator's before
 * the shipped ones. Throws where the `unknown` row is missing, for then something would be free.
 */
export function priceList(
  rows: readonly PriceRow[],
  { channelId = null, vendors = NO_VENDORS }: { channelId?: number | null; vendors?: VendorPrices } = {},
): PriceList {
  const unknown = historyOf(rows.filter(({ model }) => model === UNKNOWN_MODEL))
  if (unknown.length === 0) throw new Error('The price list has no row for unknown models.')
  const named = rows.filter(({ model }) => model !== UNKNOWN_MODEL)
  const own = channelId === null ? [] : named.filter((row) => row.channelId === channelId)
  const general = Object.groupBy(
    named.filter((row) => row.channelId === null),
    ({ origin }) => origin,
  )
  const layers = [own, general.operator ?? [], general.shipped ?? []]
  return { layers: layers.filter((layer) => layer.length > 0).map(compileLayer), vendors, unknown }
}

const historyOf = (rows: readonly PriceRow[]): History =>
  rows.toSorted((one, other) => other.effectiveFromMs - one.effectiveFromMs)

function compileLayer(rows: readonly PriceRow[]): Layer {
  const byId = new Map<string, History>()
  const byAlias = new Map<string, History>()
  const byPrefix: { prefix: string; history: History }[] = []
  for (const [id, prices] of Map.groupBy(rows, ({ model }) => model)) {
    const history = historyOf(prices)
    if (id.endsWith('*')) byPrefix.push({ prefix: id.slice(0, -1), history })
    else byId.set(id, history)
    for (const alias of prices.flatMap(({ aliases }) => aliases)) byAlias.set(alias, history)
  }
  byPrefix.sort((one, other) => other.prefix.length - one.prefix.length)
  return { byId, byAlias, byPrefix }
}

/**
 * The price of a model at a time. Each layer is asked for the name as it came and for its bare Claude name, by id, by
 * alias, then by the longest pattern; one without a row in force then leaves it to the next. Behind them come the
 * vendors of models that are not Claude's, then the first price that ever was to hold, last the `unknown` row.
 */
export function findPrice(list: PriceList, model: string, atMs: number): FoundPrice {
  const known = knownOf(list, model)
  for (const { history, match } of known) {
    const row = inForce(history, atMs)
    if (row) return { row, match, estimated: false }
  }
  const vendor = known.length === 0 && !isClaude(model) ? list.vendors(model, atMs) : null
  if (vendor) return { row: vendor.row, match: 'vendor', estimated: !vendor.isExact }
  const first = known.at(0)
  const earliest = first?.history.at(-1)
  if (first && earliest) return { row: earliest, match: first.match, estimated: true }
  return { row: unknownRow(list, atMs), match: 'unknown', estimated: true }
}

/** What is found for a name stays found: a list never changes once it is made. */
const found = new WeakMap<PriceList, Map<string, readonly Candidate[]>>()
/** Names may come from clients. */
const FOUND_MAX = 1000

function knownOf(list: PriceList, model: string): readonly Candidate[] {
  const names = found.get(list) ?? new Map<string, readonly Candidate[]>()
  found.set(list, names)
  const known = names.get(model) ?? list.layers.flatMap((layer) => candidatesOf(layer, model))
  if (names.size < FOUND_MAX) names.set(model, known)
  return known
}

interface Candidate {
  readonly history: History
  readonly match: PriceMatch
}

/** What a layer has for a name, the best first. */
function candidatesOf({ byId, byAlias, byPrefix }: Layer, model: string): Candidate[] {
  const candidates: Candidate[] = []
  const add = (history: History | undefined, match: PriceMatch) => {
    if (history) candidates.push({ history, match })
  }
  const bare = billedModel(model)
  for (const name of model === bare ? [model] : [model, bare]) {
    add(byId.get(name), 'exact')
    add(byAlias.get(name), 'alias')
  }
  for (const { prefix, history } of byPrefix) {
    if (model.startsWith(prefix) || bare.startsWith(prefix)) add(history, 'pattern')
  }
  return candidates
}

/** Whether a list itself has a price of the model, in force at that time; other vendors' prices do not count. */
export function isListed({ layers }: PriceList, model: string, atMs: number): boolean {
  return layers.some((layer) => candidatesOf(layer, model).some(({ history }) => inForce(history, atMs)))
}

const inForce = (history: History, atMs: number): PriceRow | undefined =>
  history.find((row) => row.effectiveFromMs <= atMs)

/** `priceList` has seen to it that there is one. */
function unknownRow({ unknown }: PriceList, atMs: number): PriceRow {
  const row = inForce(unknown, atMs) ?? unknown.at(-1)
  if (!row) throw new Error('The price list has no row for unknown models.')
  return row
}

/** Other vendors sell Claude as well, and take a version that they do not know for the one before. */
const isClaude = (model: string): boolean => model.toLowerCase().includes('claude')

/** The models that a list prices by name, in its order; aliases and patterns are not among them. */
export function listedModels(list: PriceList): string[] {
  return [...new Set(list.layers.flatMap(({ byId }) => [...byId.keys()]))]
}
