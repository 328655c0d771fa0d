/** A channel as its form holds it: empty where the contract says null or leaves out. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import type { ChannelAuth } from '@claude-gateway/contract/channel-fields.ts'

export interface ChannelValues {
  name: string
  base_url: string
  /** Empty when editing: the stored one stays. */
  api_key: string
  auth: ChannelAuth
  priority: number
  models: string[]
  proxy_url: string
  enabled: boolean
}

export const emptyChannel: Partial<ChannelValues> = { auth: 'auto', priority: 0, models: [], enabled: true }

export function valuesOf(channel: ChannelView): Partial<ChannelValues> {
  const { name, base_url, auth, priority, models, enabled } = channel
  return { name, base_url, auth, priority, models, enabled, proxy_url: channel.proxy_url ?? '' }
}

const orNull = (text: string | undefined) => (text ? text : null)

export function newChannelBody(values: ChannelValues) {
  return { ...values, proxy_url: orNull(values.proxy_url) }
}

/**
 * What a change sends. The key only where one was typed; the proxy only where it differs from what is shown, since
 * what is shown lacks the proxy's password.
 */
export function channelChangeBody(values: ChannelValues, before: ChannelView) {
  const { api_key, proxy_url, ...rest } = values
  return {
    ...rest,
    ...(api_key ? { api_key } : {}),
    ...(orNull(proxy_url) === before.proxy_url ? {} : { proxy_url: orNull(proxy_url) }),
  }
}

/** What a test of an unsaved channel sends; with `before`, the gateway fills in what is not given. */
export function channelTestTarget(values: ChannelValues, before?: ChannelView) {
  const { base_url, api_key, auth } = values
  const proxyChanged = orNull(values.proxy_url) !== (before?.proxy_url ?? null)
  return {
    ...(before ? { id: before.id } : {}),
    base_url,
    auth,
    ...(api_key ? { api_key } : {}),
    ...(proxyChanged ? { proxy_url: orNull(values.proxy_url) } : {}),
  }
}
