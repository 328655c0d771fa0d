/** Gives a gateway the channels of one test, best first: paths of one upstream, each with an answer of its own. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import type { Script } from '../support/fake-upstream/answer.ts'
import type { FakeUpstream } from '../support/fake-upstream/fake-upstream.ts'
import type { TestGateway } from '../support/gateway.ts'

/** What a channel's upstream answers, or the address of one that is somewhere else. */
export type Stop = Script | { readonly base_url: string }

interface Ends {
  readonly gateway: TestGateway
  readonly upstream: FakeUpstream
}

/**
 * Replaces all channels. The new ones have no history, so that no test inherits the cooldowns of another. Their keys
 * are `sk-ant-api03-` and their name; `upstream.requests` tells them apart by `channelOf`.
 */
export async function layRoute({ gateway, upstream }: Ends, stops: Record<string, Stop>): Promise<void> {
  const { data } = await gateway.admin<{ data: ChannelView[] }>('GET', '/api/channels')
  for (const { id } of data) await gateway.admin('DELETE', `/api/channels/${id}`)
  let priority = 100
  for (const [name, stop] of Object.entries(stops)) {
    const base_url = isElsewhere(stop) ? stop.base_url : `${upstream.url}/${name}`
    await gateway.addChannel({ name, base_url, priority, api_key: `sk-ant-api03-${name}` })
    priority -= 10
  }
  upstream.answer((request) => {
    const stop = stops[channelOf(request)]
    if (stop === undefined || isElsewhere(stop)) throw new Error(`No channel has the path ${request.path}.`)
    return stop
  })
}

/** The name of the channel by which a request came. */
export function channelOf(request: { readonly path: string }): string {
  return request.path.split('/')[1] ?? ''
}

function isElsewhere(stop: Stop): stop is { readonly base_url: string } {
  return 'base_url' in stop
}
