/** The connections to one origin: made when they are needed, kept for a while, the last used one first. */
import { connect, isIP, type OnReadOpts, type Socket } from 'node:net'
import { type TLSSocket, connect as tlsConnect } from 'node:tls'
import { reason } from '@claude-gateway/contract/reason.ts'
import { type AtTurnEnd, whenTurnEnds } from '../end-of-turn.ts'
import { UpstreamFault } from '../fault.ts'
import { Connection, type Keeper, type Lifespan } from './connection.ts'
import type { Outgoing } from './request-writer.ts'

/** After so long without a word the kernel asks whether the other side is still there. */
const TCP_KEEP_ALIVE_MS = 60_000

export class Origin implements Keeper, AtTurnEnd {
  readonly lifespan: Lifespan
  /** As the `host` header names it. */
  readonly host: string
  readonly #address: { readonly host: string; readonly port: number }
  readonly #isSecure: boolean
  readonly #connections = new Set<Connection>()
  #idle: Connection[] = []
  /** Idle, but only just. */
  #resting: Connection[] = []
  /** Requests that will go out on an idle connection at the end of this turn of the loop. */
  #waiting: Outgoing[] = []
  #isTurnPlanned = false
  #tlsSession: Buffer | undefined

  constructor(origin: string, lifespan: Lifespan) {
    const { host, hostname, port, protocol } = new URL(origin)
    this.lifespan = lifespan
    this.host = host
    this.#isSecure = protocol === 'https:'
    this.#address = {
      host: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
      port: Number(port) || (this.#isSecure ? 443 : 80),
    }
  }

  /** It has no connection, and no request waits for one. */
  get isUnused(): boolean {
    return this.#connections.size === 0 && this.#waiting.length === 0
  }

  send(outgoing: Outgoing): void {
    if (this.#idle.length === 0) {
      this.#open(outgoing)
      return
    }
    this.#waiting.push(outgoing)
    this.#planTurn()
  }

  onIdle(connection: Connection): void {
    this.#resting.push(connection)
    this.#planTurn()
  }

  onClosed(connection: Connection): void {
    this.#connections.delete(connection)
  }

  /** Closes what has been idle for too long. */
  sweep(nowMs: number): void {
    this.#idle = this.#idle.filter((connection) => {
      const isUsable = connection.isUsable(nowMs)
      if (!isUsable) connection.destroy()
      return isUsable
    })
  }

  close(): void {
    for (const connection of this.#connections) connection.destroy()
    for (const { exchange } of this.#waiting.splice(0)) exchange.break(stopping())
  }

  /**
   * A request goes out on an idle connection only when the sockets have been asked once more for what came on them, and
   * a connection counts as idle only when that has happened since its last answer: one that the upstream has closed, or
   * sent something on that nobody asked for, is then known and gone.
   */
  #planTurn(): void {
    if (this.#isTurnPlanned) return
    this.#isTurnPlanned = true
    whenTurnEnds(this)
  }

  atTurnEnd(): void {
    this.#isTurnPlanned = false
    const waiting = this.#waiting
    const resting = this.#resting
    this.#waiting = []
    this.#resting = []
    for (const outgoing of waiting) this.#dispatch(outgoing)
    for (const connection of resting) this.#idle.push(connection)
  }

  #dispatch(outgoing: Outgoing): void {
    if (outgoing.exchange.isOver) return
    const nowMs = performance.now()
    let connection = this.#idle.pop()
    while (connection !== undefined) {
      if (connection.isUsable(nowMs) && connection.carry(outgoing)) return
      connection.destroy()
      connection = this.#idle.pop()
    }
    this.#open(outgoing)
  }

  #open(first: Outgoing): void {
    const open = (onread: OnReadOpts): Socket => {
      const socket = this.#isSecure ? this.#connectSecurely(onread) : connect({ ...this.#address, onread })
      socket.setNoDelay(true)
      return socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS)
    }
    const opened = this.#isSecure ? 'secureConnect' : 'connect'
    this.#connections.add(new Connection(this, open, opened, first))
  }

  /** A handshake takes up the last session where the upstream agrees, which saves a round trip and a signature. */
  #connectSecurely(onread: OnReadOpts): Socket {
    const { host } = this.#address
    const named = isIP(host) === 0 ? { servername: host } : {}
    const session = this.#tlsSession === undefined ? {} : { session: this.#tlsSession }
    // `onread` is an option of `connect()`, all of which TLS takes; its types do not know that.
    const options = { ...this.#address, ...named, ...session, ALPNProtocols: ['http/1.1'], onread }
    const socket: TLSSocket = tlsConnect(options)
    socket.on('session', (made: Buffer) => {
      this.#tlsSession = made
    })
    return socket
  }
}

const stopping = (): UpstreamFault => new UpstreamFault('unreachable', reason('gateway_stops'))
