/** Gives a gateway the channels of one test, with all their settings, and watches them: paths of one upstream. */
import type { ChannelView, NewChannel } from '@claude-gateway/contract/channel.ts'
import type { ChannelHealthView } from '@claude-gateway/contract/channel-health.ts'
import type { ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import type { requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import type { routeEndpoints } from '@claude-gateway/contract/route.ts'
import type { Script } from '../support/fake-upstream/answer.ts'
import { message } from '../support/fake-upstream/messages.ts'
import { messageFor } from '../support/gateway.ts'
import type { Stand } from '../support/stand.ts'
import { channelOf } from './lay-route.ts'
import { type LiveAnswer, type LiveCall, post } from './live-client.ts'
import { rowOf } from './row-of.ts'

export type Explained = ResponseOf<typeof requestLogEndpoints.get>
export type ExplainedRoute = ResponseOf<typeof routeEndpoints.explain>

/** What a test says of a channel; one that says nothing answers with a message. */
export type LaidChannel = Partial<NewChannel> & { readonly answer?: Script }

export const MODEL = 'claude-sonnet-5'

export interface Question {
  /** The same name is the same session; without one it is a new one. */
  readonly session?: string
  readonly stream?: boolean
  readonly model?: string
  /** Further fields of the body. */
  readonly fields?: object
  readonly headers?: Record<string, string>
}

export class Channels {
  readonly #stand: Stand
  #ids: Record<string, number> = {}
  #answers: Record<string, Script> = {}

  constructor(stand: Stand) {
    this.#stand = stand
  }

  /** Replaces all channels; the new ones have no history. */
  async lay(channels: Record<string, LaidChannel>): Promise<void> {
    const { gateway, upstream } = this.#stand
    upstream.reset()
    const { data } = await gateway.admin<{ data: ChannelView[] }>('GET', '/api/channels')
    for (const { id } of data) await gateway.admin('DELETE', `/api/channels/${id}`)
    this.#ids = {}
    this.#answers = {}
    for (const [name, { answer, ...fields }] of Object.entries(channels)) {
      const own = { name, base_url: `${upstream.url}/${name}`, api_key: `sk-ant-api03-${name}` }
      this.#ids[name] = await gateway.addChannel({ ...own, ...fields })
      this.answers(name, answer ?? message())
    }
    upstream.answer((request) => this.#answers[channelOf(request)] ?? message())
  }

  /** From now on the channel's upstream answers this. */
  answers(name: string, answer: Script): void {
    this.#answers[name] = answer
  }

  idOf(name: string): number {
    return this.#ids[name] ?? 0
  }

  /** The names of the channels that were asked since they were laid, in order. */
  get asked(): string[] {
    return this.#stand.upstream.requests.map(channelOf)
  }

  begin(question: Question = {}): LiveCall {
    const { session = crypto.randomUUID(), stream = false, model = MODEL, fields, headers } = question
    return post(this.#stand.gateway, messageFor(model, { stream, ...fields }), {
      headers: { 'x-claude-code-session-id': session, ...headers },
    })
  }

  /** Sends a request and waits for the end of its answer. */
  send(question: Question = {}): Promise<LiveAnswer> {
    return this.begin(question).whole
  }

  /** Sends a request. @returns the names of the channels that it was tried on. */
  async routeOf(question: Question = {}): Promise<string[]> {
    const { attempts } = await rowOf(this.#stand.gateway, await this.send(question))
    return attempts.map(({ channel_name }) => channel_name)
  }

  /** What the log says of an answer, in full. */
  async explained(answer: LiveAnswer): Promise<Explained> {
    const { id } = await rowOf(this.#stand.gateway, answer)
    return this.#stand.gateway.admin<Explained>('GET', `/api/stats/logs/${id}`)
  }

  healthOf(name: string): Promise<ChannelHealthView> {
    return this.#stand.gateway.admin<ChannelHealthView>('GET', `/api/channels/${this.idOf(name)}/health`)
  }

  /** An operator's hand on a channel: `clear`, `pause`, `activate`, `deactivate`, or a change of its fields. */
  async operate(name: string, how: string | Partial<NewChannel>): Promise<void> {
    const path = `/api/channels/${this.idOf(name)}`
    if (typeof how === 'string')
      await this.#stand.gateway.admin('PUT', `${path}/${how}`, how === 'pause' ? {} : undefined)
    else await this.#stand.gateway.admin('PUT', path, how)
  }

  /** Where a request would go now. */
  explain(
    question: { session?: string; model?: string; overrides?: object[] } = {},
  ): Promise<ExplainedRoute> {
    const { session, model = MODEL, overrides } = question
    const body = { model, ...(session && { session_id: session }), ...(overrides && { overrides }) }
    return this.#stand.gateway.admin<ExplainedRoute>('POST', '/api/routes/explain', {
      ...body,
      key_id: this.keyId,
    })
  }

  /** Of the key with which requests are sent; the first that the gateway made. */
  readonly keyId = 1
}
