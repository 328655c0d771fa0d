/** The official SDK in the two major versions that are in use, as clients of the gateway. */
import * as sdk1 from '@anthropic-ai/sdk'
import * as sdk0 from 'anthropic-sdk-0'

export type Sdk = typeof sdk1

interface Wire {
  /** The `anthropic-version` that it sends. */
  readonly apiVersion: string
  /** Where its beta resources lie. */
  readonly betaPath: string
}

/** Version 0 has fewer types; every call that the tests make is in both. */
export const sdks: readonly (readonly [name: string, sdk: Sdk, wire: Wire])[] = [
  ['SDK 1.12', sdk1, { apiVersion: '2026-10-21', betaPath: '/v1/messages' }],
  ['SDK 0.137', sdk0 as unknown as Sdk, { apiVersion: '2023-06-01', betaPath: '/v1/messages?beta=true' }],
]

/** One question, in the SDK's own words. */
export const questionTo = (model: string) => ({
  model,
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'Hello' }],
})

/** Counts the calls that a client makes, retries included. */
export function countingFetch() {
  const counter = {
    calls: 0,
    fetch: (...parameters: Parameters<typeof fetch>) => {
      counter.calls++
      return fetch(...parameters)
    },
  }
  return counter
}
