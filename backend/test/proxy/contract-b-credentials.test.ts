/** Contract rule B5: which headers carry a channel's key: by the key's form, unless the operator pins it. */
import type { ChannelAuth } from '@claude-gateway/contract/channel-fields.ts'
import { expect, test } from 'vitest'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'

const { upstream, gateway, channelId } = await startStand()

const API_KEY = 'sk-ant-api03-AbCdEf-0123456789'
const OAUTH_TOKEN = 'sk-ant-oat01-AbCdEf-0123456789'
const RELAY_KEY = 'sk-relay-0123456789'
const ODD_KEY = '~!@#$%^&*()_+{}|:"<>?=/\\;,'

const cases: readonly (readonly [ChannelAuth, key: string, xApiKey: boolean, bearer: boolean])[] = [
  ['auto', API_KEY, true, false],
  ['auto', OAUTH_TOKEN, false, true],
  ['auto', RELAY_KEY, true, true],
  ['auto', ODD_KEY, true, true],
  ['x_api_key', API_KEY, true, false],
  ['x_api_key', OAUTH_TOKEN, true, false],
  ['x_api_key', RELAY_KEY, true, false],
  ['bearer', API_KEY, false, true],
  ['bearer', OAUTH_TOKEN, false, true],
  ['bearer', RELAY_KEY, false, true],
  ['both', API_KEY, true, true],
  ['both', OAUTH_TOKEN, true, true],
  ['both', ODD_KEY, true, true],
]

test.each(cases)('B5: %s with %s', async (auth, apiKey, xApiKey, bearer) => {
  await gateway.admin('PUT', `/api/channels/${channelId}`, { auth, api_key: apiKey })
  for (const path of ['/v1/messages', '/v1/messages/count_tokens']) {
    expect((await gateway.send(messageFor('claude-sonnet-5'), {}, path)).status).toBe(200)
  }
  await gateway.admin('POST', '/api/channels/test', { id: channelId })
  expect(upstream.requests).toHaveLength(3)
  for (const { headers } of upstream.requests) {
    expect(headers['x-api-key']).toBe(xApiKey ? apiKey : undefined)
    expect(headers.authorization).toBe(bearer ? `Bearer ${apiKey}` : undefined)
  }
})
