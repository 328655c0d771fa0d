/** A usage in the columns of a row, and back. */
import { z } from 'zod'
import type { Usage } from '../domain/usage.ts'
import { whole } from './columns.ts'

export const usageColumns = (usage: Usage) => ({
  input_tokens: whole(usage.inputTokens),
  output_tokens: whole(usage.outputTokens),
  cache_read_tokens: whole(usage.cacheReadTokens),
  cache_write_5m_tokens: whole(usage.cacheWrite5mTokens),
  cache_write_1h_tokens: whole(usage.cacheWrite1hTokens),
  web_search_requests: whole(usage.webSearchRequests),
  usage_details: usageDetails(usage),
})

export type UsageColumns = ReturnType<typeof usageColumns>

/** What a usage says beyond its counts, as JSON by their place, of which new ones come last; null where it says nothing. */
export function usageDetails(usage: Usage): string | null {
  const { serviceTier, speed, inferenceGeo, extraIterations, fallbackModel } = usage
  const silent = [serviceTier, speed, inferenceGeo, fallbackModel].every((value) => value === null)
  if (silent && extraIterations.length === 0) return null
  return JSON.stringify([serviceTier, speed, inferenceGeo, extraIterations, fallbackModel])
}

const count = z.number().int().nonnegative()
const text = z.string().nullable()
const iterationsSchema = z.array(
  z.object({
    type: z.string(),
    model: text,
    inputTokens: count,
    outputTokens: count,
    cacheReadTokens: count,
    cacheWrite5mTokens: count,
    cacheWrite1hTokens: count,
  }),
)
const packedSchema = z.tuple([text, text, text, iterationsSchema, text])
const detailsSchema = z.object({
  service_tier: text,
  speed: text,
  inference_geo: text,
  extra_iterations: iterationsSchema,
  fallback_model: text,
})

/** Older versions wrote them with their names. */
function readDetails(json: string): z.output<typeof detailsSchema> {
  const stored: unknown = JSON.parse(json)
  if (!Array.isArray(stored)) return detailsSchema.parse(stored)
  const [service_tier, speed, inference_geo, extra_iterations, fallback_model] = packedSchema.parse(stored)
  return { service_tier, speed, inference_geo, extra_iterations, fallback_model }
}

const NO_DETAILS = {
  service_tier: null,
  speed: null,
  inference_geo: null,
  extra_iterations: [],
  fallback_model: null,
} as const satisfies z.input<typeof detailsSchema>

/** The usage as it was written; whether it is an estimate is not among the columns. */
export function usageOf(columns: UsageColumns): Usage {
  const { usage_details } = columns
  const details = usage_details === null ? NO_DETAILS : readDetails(usage_details)
  return {
    inputTokens: columns.input_tokens,
    outputTokens: columns.output_tokens,
    cacheReadTokens: columns.cache_read_tokens,
    cacheWrite5mTokens: columns.cache_write_5m_tokens,
    cacheWrite1hTokens: columns.cache_write_1h_tokens,
    webSearchRequests: columns.web_search_requests,
    serviceTier: details.service_tier,
    speed: details.speed,
    inferenceGeo: details.inference_geo,
    extraIterations: [...details.extra_iterations],
    fallbackModel: details.fallback_model,
  }
}
