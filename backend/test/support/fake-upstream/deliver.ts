/** Puts one answer on the socket: at once, write by write, or only as far as its ending allows. */
import type { ServerResponse } from 'node:http'
import type { Answer, Ending } from './answer.ts'
import type { RecordedRequest } from './recorded-request.ts'

/** Resolves when the answer has been sent, has stopped where it should, or the client has left. */
export async function deliver(
  answer: Answer,
  request: RecordedRequest,
  response: ServerResponse,
): Promise<void> {
  const { body, ending } = answer
  if (response.destroyed) return
  for (const status of answer.informational ?? []) sendInformational(response, status)
  if (ending?.at === 'before_headers') return stop(ending, request, response)
  response.writeHead(answer.status, { ...answer.headers })
  if (ending === undefined && isArray(body)) return sendAtOnce(body, request, response)
  response.flushHeaders()
  for await (const chunk of firstBytes(body, ending?.at ?? Number.POSITIVE_INFINITY)) {
    if (response.destroyed) return
    request.noteSent(chunk)
    await written(response, chunk)
  }
  if (ending !== undefined) return stop(ending, request, response)
  response.end()
}

function sendAtOnce(body: readonly Buffer[], request: RecordedRequest, response: ServerResponse): void {
  for (const chunk of body) {
    request.noteSent(chunk)
    response.write(chunk)
  }
  response.end()
}

function sendInformational(response: ServerResponse, status: 100 | 102 | 103): void {
  if (status === 100) response.writeContinue()
  if (status === 102) response.writeProcessing()
  if (status === 103) response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' })
}

function stop(ending: Ending, request: RecordedRequest, response: ServerResponse): void {
  const { socket } = response
  if (ending.how === 'silence' || socket === null) return
  request.cut = true
  if (ending.how === 'cut') {
    socket.destroySoon()
    return
  }
  // The empty write waits its turn behind all bytes already written.
  socket.write('', () => socket.resetAndDestroy())
}

async function* firstBytes(body: Answer['body'], count: number): AsyncGenerator<Buffer> {
  let left = count
  if (left <= 0) return
  for await (const piece of body) {
    yield piece.length > left ? piece.subarray(0, left) : piece
    left -= piece.length
    if (left <= 0) return
  }
}

/** Waits for back-pressure, and one turn of the event loop, so that each chunk leaves in a packet of its own. */
function written(response: ServerResponse, chunk: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const hasRoom = response.write(chunk)
    if (hasRoom || response.destroyed) {
      setImmediate(resolve)
      return
    }
    const go = () => {
      response.off('drain', go).off('close', go)
      resolve()
    }
    response.on('drain', go).on('close', go)
  })
}

function isArray(body: Answer['body']): body is readonly Buffer[] {
  return Array.isArray(body)
}
