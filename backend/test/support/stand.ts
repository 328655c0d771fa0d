/** What most tests of the data plane stand on: a gateway with one channel, and the fake upstream behind it. */
import type { NewChannel } from '@claude-gateway/contract/channel.ts'
import type { NewMapping } from '@claude-gateway/contract/mapping.ts'
import { afterAll, afterEach } from 'vitest'
import { type FakeUpstream, startFakeUpstream } from './fake-upstream/fake-upstream.ts'
import { type GatewayOptions, startGateway, type TestGateway } from './gateway.ts'
import { type RawAnswer, type RawQuestion, rawAsk } from './raw-http.ts'

export interface Stand {
  readonly gateway: TestGateway
  readonly upstream: FakeUpstream
  /** The first channel, which leads to `upstream`. */
  readonly channelId: number
  /** A second upstream with a channel of its own. */
  addUpstream(channel?: Partial<NewChannel>): Promise<{ upstream: FakeUpstream; channelId: number }>
  /** A channel that nothing is known of yet, alone in serving a model of its own. */
  addModel(): Promise<{ upstream: FakeUpstream; channelId: number; model: string }>
  map(mapping: Partial<NewMapping> & Pick<NewMapping, 'display_model' | 'upstream_model'>): Promise<void>
  /** Asks the gateway over a socket of its own, with the gateway key unless the headers say otherwise. */
  ask(question: RawQuestion): Promise<RawAnswer>
}

/** Everything is closed when the test file ends; the upstream forgets its requests and script after each test. */
export async function startStand(
  channel: Partial<NewChannel> = {},
  options: GatewayOptions = {},
): Promise<Stand> {
  const gateway = await startGateway(options)
  const upstreams: FakeUpstream[] = []
  const addUpstream: Stand['addUpstream'] = async (fields = {}) => {
    const upstream = await startFakeUpstream()
    upstreams.push(upstream)
    return { upstream, channelId: await gateway.addChannel({ base_url: upstream.url, ...fields }) }
  }
  afterEach(() => {
    for (const upstream of upstreams) upstream.reset()
  })
  afterAll(async () => {
    await gateway.close()
    await Promise.all(upstreams.map((upstream) => upstream.close()))
  })
  const first = await addUpstream(channel)
  return {
    gateway,
    ...first,
    addUpstream,
    async addModel() {
      const model = `claude-own-${upstreams.length}`
      return { ...(await addUpstream({ models: [model] })), model }
    },
    async map(mapping) {
      await gateway.admin('POST', '/api/mappings', mapping)
    },
    ask: (question) =>
      rawAsk(gateway.url, {
        ...question,
        headers: question.headers ?? [['authorization', `Bearer ${gateway.key}`]],
      }),
  }
}
