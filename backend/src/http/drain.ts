/** The calls under way and the connections they came on, so that a stop lets the calls finish and then hangs up. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'

export interface DrainableCalls {
  readonly isStopping: boolean
  /** Calls under way. */
  readonly size: number
  /** One more server whose calls come here. */
  watch(server: Server): void
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

export function createDrainableCalls(): DrainableCalls {
  const servers: Server[] = []
  /** Of every connection on which a call has ever come: those that are not answered yet. */
  const answering = new Map<Socket, Set<ServerResponse>>()
  const working = new Set<Promise<void>>()
  let isStopping = false

  function responsesOn(socket: Socket): Set<ServerResponse> {
    const known = answering.get(socket)
    if (known !== undefined) return known
    const responses = new Set<ServerResponse>()
    answering.set(socket, responses)
    socket.once('close', () => answering.delete(socket))
    return responses
  }

  const calls: DrainableCalls = {
    get isStopping() {
      return isStopping
    },
    get size() {
      const unanswered = [...answering.values()].reduce((sum, { size }) => sum + size, 0)
      return Math.max(unanswered, working.size)
    },
    watch: (server) => {
      servers.push(server)
    },
    begin({ socket }, response) {
      const responses = responsesOn(socket)
      responses.add(response)
      if (isStopping) response.shouldKeepAlive = false
      response.once('close', () => {
        responses.delete(response)
        if (isStopping && responses.size === 0) socket.destroySoon()
      })
    },
    add(work) {
      working.add(work)
      void work.finally(() => working.delete(work))
    },
    stop() {
      isStopping = true
      // HTTP's own close() would also cut off answers that are ended but not yet read by their clients.
      for (const server of servers) NetServer.prototype.close.call(server)
      for (const [socket, responses] of answering) {
        if (responses.size === 0) socket.destroySoon()
        for (const response of responses) response.shouldKeepAlive = false
      }
    },
    async drained(timeoutMs) {
      const deadline = performance.now() + timeoutMs
      while (calls.size > 0 && performance.now() < deadline) await delay(LOOK_AGAIN_MS)
      return calls.size === 0
    },
  }
  return calls
}

const delay = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))
