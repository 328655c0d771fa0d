/**
 * The upstream of the measurements: raw sockets and answers made beforehand, so that it is never what is measured.
 * `x-bench-answer` says which answer is wanted. It prints its port.
 */
import { createServer, type Socket } from 'node:net'
import { burstAnswer, pacedEvent, pacedOpening, smallAnswer, TERMINAL } from './answers.ts'

const HEAD_END = Buffer.from('\r\n\r\n')
const SMALL = smallAnswer()
const BURST = burstAnswer()
const OPENING = pacedOpening()
/** What an endless stream writes at once. */
const FLOOD = Buffer.concat(Array.from({ length: 200 }, () => pacedEvent(0)))

interface Head {
  readonly bodyBytes: number
  readonly answer: string
  readonly events: number
  readonly everyMs: number
}

function readHead(text: string): Head {
  const field = (name: string) => new RegExp(`\r\n${name}: *([^\r]*)`, 'i').exec(text)?.[1] ?? ''
  return {
    bodyBytes: Number(field('content-length')),
    answer: field('x-bench-answer'),
    events: Number(field('x-bench-events')),
    everyMs: Number(field('x-bench-every-ms')),
  }
}

/** The heads of one load are alike, and reading them anew each time would make this the bottleneck. */
const heads = new Map<string, Head>()
const HEADS_MAX = 5000

function headOf(bytes: Buffer): Head {
  const text = bytes.toString('latin1')
  const known = heads.get(text)
  if (known) return known
  const head = readHead(text)
  if (heads.size < HEADS_MAX) heads.set(text, head)
  return head
}

function serve(socket: Socket): void {
  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  let held: Buffer | null = null
  let head: Head | null = null
  let missing = 0
  socket.on('data', (chunk: Buffer) => {
    let bytes = held ? Buffer.concat([held, chunk]) : chunk
    held = null
    while (bytes.length > 0) {
      if (head === null) {
        const end = bytes.indexOf(HEAD_END)
        if (end === -1) {
          held = bytes
          return
        }
        head = headOf(bytes.subarray(0, end))
        missing = head.bodyBytes
        bytes = bytes.subarray(end + HEAD_END.length)
      }
      const taken = Math.min(missing, bytes.length)
      missing -= taken
      bytes = bytes.subarray(taken)
      if (missing > 0) return
      answer(socket, head)
      head = null
    }
  })
}

function answer(socket: Socket, head: Head): void {
  if (head.answer === 'burst') socket.write(BURST)
  else if (head.answer === 'paced') pace(socket, head)
  else if (head.answer === 'endless') flood(socket)
  else socket.write(SMALL)
}

/** A stream that takes its time. */
interface Paced {
  readonly socket: Socket
  readonly everyMs: number
  /** When the next event is due, on the clock of `performance.now()`. */
  dueMs: number
  left: number
}

/**
 * Streams in the order of their next events, those of one load, which all keep the same time. What is due is counted from
 * the start of the stream: one that is late does not stay so, and streams that once were late together part again.
 */
const paced: Paced[] = []
/** Where the line begins: what stands before has been served. */
let first = 0
let ticker: NodeJS.Timeout | null = null

function pace(socket: Socket, { events, everyMs }: Head): void {
  socket.write(OPENING)
  paced.push({ socket, everyMs, dueMs: performance.now() + everyMs, left: events })
  // One for all of them: a timer of each costs as much as to write its event.
  ticker ??= setInterval(tick, 1)
}

function tick(): void {
  const now = performance.now()
  for (let next = paced[first]; next !== undefined && next.dueMs <= now; next = paced[first]) {
    first++
    if (sendOne(next)) paced.push(next)
  }
  if (first > LINE_MAX || first === paced.length) {
    paced.splice(0, first)
    first = 0
  }
  if (paced.length > 0 || ticker === null) return
  clearInterval(ticker)
  ticker = null
}

/** Beyond this what has been served is cut off. */
const LINE_MAX = 10_000

/** @returns whether more is to come. */
function sendOne(stream: Paced): boolean {
  const { socket } = stream
  if (socket.destroyed) return false
  socket.write(pacedEvent(performance.timeOrigin + performance.now()))
  stream.dueMs += stream.everyMs
  stream.left--
  if (stream.left === 0) socket.write(TERMINAL)
  return stream.left > 0
}

function flood(socket: Socket): void {
  socket.write(OPENING)
  const more = () => {
    while (!socket.destroyed && socket.write(FLOOD));
  }
  socket.on('drain', more)
  more()
}

const server = createServer(serve)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(`port ${typeof address === 'object' ? address?.port : ''}`)
})
