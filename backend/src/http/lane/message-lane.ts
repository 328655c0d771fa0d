/**
 * The lane for messages: connections whose requests are plain posts of a body to the data plane are read and answered
 * here, since `node:http` does much that they do not need; every other connection is its own from the first such request
 * on. Decision 0019.
 */
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { type LaneCall, LaneConnection, type LaneKeeper } from './lane-connection.ts'

/** What clients are told is kept for a little longer, so that none is cut off in the moment in which it asks. */
const GRACE_MS = 1000
const SWEEP_MS = 5000

export interface MessageLane {
  /** Calls under way. */
  readonly size: number
  /** From here on the server's connections begin on the lane. */
  openTo(server: Server): void
  /** Ends each connection with the call on it. */
  stop(): void
  /** Cuts off whatever is left. */
  close(): void
}

/** @param keepAliveSeconds how long a connection is kept without a request. */
export const createMessageLane = (keepAliveSeconds: number, serve: (call: LaneCall) => void): MessageLane =>
  new Lane(keepAliveSeconds, serve)

type ConnectionListener = (socket: Socket) => void

class Lane implements MessageLane, LaneKeeper {
  readonly keepAliveSeconds: number
  isStopping = false
  readonly serve: (call: LaneCall) => void
  /** With what takes each of them off the lane. */
  readonly #connections = new Map<LaneConnection, () => void>()
  readonly #sweep = setInterval(() => this.#closeIdle(), SWEEP_MS).unref()

  constructor(keepAliveSeconds: number, serve: (call: LaneCall) => void) {
    this.keepAliveSeconds = keepAliveSeconds
    this.serve = serve
  }

  get size(): number {
    return [...this.#connections.keys()].filter(({ isIdle }) => !isIdle).length
  }

  openTo(server: Server): void {
    const own = server.listeners('connection') as ConnectionListener[]
    server.removeAllListeners('connection')
    server.on('connection', (socket: Socket) => {
      const leave = () => {
        for (const listener of own) listener.call(server, socket)
      }
      this.#connections.set(new LaneConnection(socket, this), leave)
    })
  }

  stop(): void {
    this.isStopping = true
    clearInterval(this.#sweep)
    for (const connection of this.#connections.keys()) connection.hangUp()
  }

  close(): void {
    for (const connection of this.#connections.keys()) connection.destroy()
  }

  onClosed(connection: LaneConnection): void {
    this.#connections.delete(connection)
  }

  onLeaving(connection: LaneConnection): void {
    const leave = this.#connections.get(connection)
    this.#connections.delete(connection)
    leave?.()
  }

  #closeIdle(): void {
    const before = performance.now() - this.keepAliveSeconds * 1000 - GRACE_MS
    for (const connection of this.#connections.keys())
      if (connection.isIdle && connection.idleSince < before) connection.destroy()
  }
}
