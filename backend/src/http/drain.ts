/** The calls under way and the connections they came on, so that a stop lets the calls finish and then hangs up. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import type { MessageLane } from './lane/message-lane.ts'

export interface DrainableCalls {
  readonly isStopping: boolean
  /** Calls under way. */
  readonly size: number
  /** One more server whose calls come here. */
  watch(server: Server): void
  /** The lane keeps its connections itself. */
  watchLane(lane: MessageLane): void
  /** A call has come, and nothing is answered yet. */
  begin(request: IncomingMessage, response: ServerResponse): void
  /** Work on a call that may outlast its answer: the bookkeeping. */
  add(work: Promise<void>): void
  /** Listens no more, and ends each connection with the last call on it. */
  stop(): void
  /** Resolves when no call is under way, or after `timeoutMs`; true when none was left. */
  drained(timeoutMs: number): Promise<boolean>
}

const LOOK_AGAIN_MS = 20

export const createDrainableCalls = (): DrainableCalls => new Calls()

class Calls implements DrainableCalls {
  isStopping = false
  readonly #servers: Server[] = []
  #lane: MessageLane | null = null
  /** Of every connection on which a call has ever come: those that are not answered yet. */
  readonly #answering = new Map<Socket, Set<ServerResponse>>()
  /** Pieces of work under way. */
  #working = 0
  readonly #end = (): void => {
    this.#working--
  }

  get size(): number {
    const unanswered = [...this.#answering.values()].reduce((sum, { size }) => sum + size, 0)
    return Math.max(unanswered + (this.#lane?.size ?? 0), this.#working)
  }

  watch(server: Server): void {
    this.#servers.push(server)
  }

  watchLane(lane: MessageLane): void {
    this.#lane = lane
  }

  begin({ socket }: IncomingMessage, response: ServerResponse): void {
    const responses = this.#responsesOn(socket)
    responses.add(response)
    if (this.isStopping) response.shouldKeepAlive = false
    response.on('close', () => {
      responses.delete(response)
      if (this.isStopping && responses.size === 0) socket.destroySoon()
    })
  }

  #responsesOn(socket: Socket): Set<ServerResponse> {
    const known = this.#answering.get(socket)
    if (known !== undefined) return known
    const responses = new Set<ServerResponse>()
    this.#answering.set(socket, responses)
    socket.once('close', () => this.#answering.delete(socket))
    return responses
  }

  add(work: Promise<void>): void {
    this.#working++
    work.then(this.#end, this.#end)
  }

  stop(): void {
    this.isStopping = true
    // HTTP's own close() would also cut off answers that are ended but not yet read by their clients.
    for (const server of this.#servers) NetServer.prototype.close.call(server)
    this.#lane?.stop()
    for (const [socket, responses] of this.#answering) {
      if (responses.size === 0) socket.destroySoon()
      for (const response of responses) response.shouldKeepAlive = false
    }
  }

  async drained(timeoutMs: number): Promise<boolean> {
    const deadline = performance.now() + timeoutMs
    while (this.size > 0 && performance.now() < deadline) await delay(LOOK_AGAIN_MS)
    return this.size === 0
  }
}

const delay = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))
