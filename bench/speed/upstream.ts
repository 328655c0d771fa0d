/**
 * The upstream of the measurements: raw sockets and answers made beforehand, so that it is never what is measured.
 * `x-bench-answer` says which answer is wanted. It prints its port.
 */
import { createServer, type Socket } from 'node:net'
import { burstAnswer, pacedEvent, pacedOpening, smallAnswer, TERMINAL } from './answers.ts'
import { Pace } from './pacing.ts'

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

const paces = new Map<number, Pace>()

function pace(socket: Socket, { events, everyMs }: Head): void {
  socket.write(OPENING)
  const known = paces.get(everyMs) ?? new Pace(everyMs)
  paces.set(everyMs, known)
  let left = events
  known.add(() => {
    if (socket.destroyed) return false
    socket.write(pacedEvent(performance.timeOrigin + performance.now()))
    left--
    if (left === 0) socket.write(TERMINAL)
    return left > 0
  })
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
