/** Prices of models that are not Claude's, from the published list of `@pydantic/genai-prices`, loaded when first asked. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { calcPrice, findProvider, ModelPrice, PriceCalculation } from '@pydantic/genai-prices'
import { type PriceRow, type Rates, toNanoUsd } from '../domain/price.ts'
import type { VendorPrice, VendorPrices } from '../domain/price-list.ts'

interface Package {
  readonly calcPrice: typeof calcPrice
  readonly findProvider: typeof findProvider
  readonly version: string
}

const NAME = '@pydantic/genai-prices'
/** Sells nearly every vendor's models, by the name of vendor and model: what a bare name is looked up in at last. */
const RESELLER = 'openrouter'
/** Names come from upstreams and clients: neither their length nor their number may cost memory. */
const NAME_MAX_LENGTH = 200
const REMEMBERED_MAX = 1000

/**
 * Nothing is read before the first question: the package takes some 40 ms and 20 MB once, which a gateway that serves
 * Claude alone never spends. A package that cannot be read leaves every such model unknown, and is said once.
 */
export function createVendorPrices(log: { warn(fields: object, event: string): void }): VendorPrices {
  let loaded: Package | null | undefined
  const remembered = new Map<string, VendorPrice | null>()

  function load(): Package | null {
    try {
      return loadPackage()
    } catch (cause) {
      log.warn({ package: NAME, cause: String(cause) }, 'prices of other vendors cannot be read')
      return null
    }
  }

  return (model, atMs) => {
    if (model.length > NAME_MAX_LENGTH) return null
    const known = remembered.get(model)
    if (known !== undefined) return known
    if (loaded === undefined) loaded = load()
    const found = loaded && ask(loaded, model, atMs)
    // A price that depends on the day or the hour is looked up each time.
    if (found && Array.isArray(found.calculation.model.prices)) return found.price
    if (remembered.size >= REMEMBERED_MAX) remembered.clear()
    remembered.set(model, found?.price ?? null)
    return found?.price ?? null
  }
}

/** Required, not imported: a price is asked for where nothing can wait for a file. */
function loadPackage(): Package {
  const require = createRequire(import.meta.url)
  const { calcPrice, findProvider } = require(NAME) as Pick<Package, 'calcPrice' | 'findProvider'>
  const manifest = join(dirname(require.resolve(NAME)), '..', 'package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  return { calcPrice, findProvider, version }
}

function ask({ version, ...list }: Package, model: string, atMs: number) {
  const timestamp = new Date(atMs)
  for (const { name, providerId } of namesOf(list, model)) {
    const calculation = list.calcPrice({}, name, { timestamp, ...(providerId && { providerId }) })
    const row = calculation && rowOf(calculation, version)
    if (row) return { calculation, price: { row, isExact: bareOf(calculation.model.id) === bareOf(model) } }
  }
  return null
}

interface Name {
  readonly name: string
  readonly providerId?: string
}

const bareOf = (model: string): string => model.slice(model.lastIndexOf('/') + 1)

/** The vendor's own list by the name as it came and without its path (`z-ai/glm-4.6`), then the reseller's. */
function namesOf({ findProvider }: Pick<Package, 'findProvider'>, model: string): Name[] {
  const bare = bareOf(model)
  const resold = findProvider({ providerId: RESELLER })?.models.find(({ id }) => id.endsWith(`/${bare}`))
  return [
    { name: model },
    { name: bare },
    { name: model, providerId: RESELLER },
    ...(resold ? [{ name: resold.id, providerId: RESELLER }] : []),
  ]
}

/** null where nothing is charged for input or output: such an entry says nothing of what a channel charges. */
function rowOf({ model, model_price: price, provider }: PriceCalculation, version: string): PriceRow | null {
  const standard = ratesOf(price, 0)
  if (standard === null) return null
  const overTokens = tierOf(price)
  const long = overTokens === null ? null : ratesOf(price, overTokens + 1)
  return {
    model: model.id,
    aliases: [],
    origin: 'vendor',
    channelId: null,
    source: `published by ${provider.name}, as carried by genai-prices ${version}`,
    effectiveFromMs: 0,
    standard,
    fast: null,
    longPrompt: overTokens === null || long === null ? null : { overTokens, rates: long },
    webSearchNanoUsdPer1000: toNanoUsd(usdOf(price, 'web_searches_kcount', 0) ?? 0),
  }
}

/** What a vendor does not price apart is charged as the input that it is. */
function ratesOf(price: ModelPrice, promptTokens: number): Rates | null {
  const input = usdOf(price, 'input_mtok', promptTokens)
  const output = usdOf(price, 'output_mtok', promptTokens)
  if (!input || !output) return null
  const write = usdOf(price, 'cache_write_mtok', promptTokens) ?? input
  return {
    input: toNanoUsd(input),
    output: toNanoUsd(output),
    cache_read: toNanoUsd(usdOf(price, 'cache_read_mtok', promptTokens) ?? input),
    cache_write_5m: toNanoUsd(write),
    cache_write_1h: toNanoUsd(write),
  }
}

/** US dollars at that size of the prompt. */
function usdOf(price: ModelPrice, kind: string, promptTokens: number): number | undefined {
  const value = price[kind]
  if (value === undefined || typeof value === 'number') return value
  return value.tiers.findLast(({ start }) => promptTokens > start)?.price ?? value.base
}

/** The first size of the prompt above which it is charged otherwise; none of the vendors has two. */
function tierOf({ input_mtok }: ModelPrice): number | null {
  return typeof input_mtok === 'object' ? (input_mtok.tiers[0]?.start ?? null) : null
}
