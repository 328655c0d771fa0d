/** Modifiers that change the bytes of an answer: compression, line ends, extra events, errors, headers. */
import { finished } from 'node:stream/promises'
import { createBrotliCompress, createDeflate, createGzip, createZstdCompress } from 'node:zlib'
import { type Answer, type AnswerHeaders, changed, type Script } from './answer.ts'
import { type ErrorKind, errorEvent } from './errors.ts'

const COMPRESSORS = {
  gzip: createGzip,
  br: createBrotliCompress,
  deflate: createDeflate,
  zstd: createZstdCompress,
}

/** Compresses the body write by write, flushed after each, so that a stream stays a stream (rule B7). */
export function compressed(script: Script, encoding: keyof typeof COMPRESSORS): Script {
  const headers = { 'Content-Length': '', 'Content-Encoding': encoding, Vary: 'Accept-Encoding' }
  return changed(withHeaders(script, headers), (answer) => ({
    ...answer,
    body: compressedPieces(answer.body, encoding),
  }))
}

/** Ends the lines of a stream as the other two line ends that the SSE standard allows. */
export function lineEnds(script: Script, lineEnd: '\r\n' | '\r'): Script {
  // Within JSON a line feed is escaped, so that every raw one ends a line.
  const rewrite = (piece: Buffer) => Buffer.from(piece.toString('utf8').replaceAll('\n', lineEnd))
  return changed(script, (answer) => ({ ...answer, body: mapped(answer.body, rewrite) }))
}

/** Puts a ping, a comment or any other bytes behind every `each`-th write. */
export function interleaved(script: Script, extra: Buffer, each: number): Script {
  let turn = 0
  const rewrite = (piece: Buffer) => {
    turn += 1
    return turn % each === 0 ? Buffer.concat([piece, extra]) : piece
  }
  return changed(script, (answer) => ({ ...answer, body: mapped(answer.body, rewrite) }))
}

/**
 * A stream that breaks off with `event: error` after so many events: 0 before everything, 2 behind the start of the
 * first block, 4 behind its first delta (rules C6, C7). It ends in good order and is not billed.
 */
export function brokenOff(script: Script, afterEvents: number, kind: ErrorKind = 'overloaded'): Script {
  return changed(script, async ({ billed: _unfinished, ...answer }, request) => {
    const kept: Buffer[] = []
    for await (const frame of answer.body) {
      if (kept.length === afterEvents) break
      kept.push(frame)
    }
    return { ...answer, body: [...kept, errorEvent(kind, request.requestId)] }
  })
}

/** Adds or replaces headers, whatever their spelling; an empty value takes one away. */
export function withHeaders(script: Script, headers: AnswerHeaders): Script {
  const replaced = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
  const added = Object.entries(headers).filter(([, value]) => value !== '')
  return changed(script, (answer) => {
    const kept = Object.entries(answer.headers).filter(([name]) => !replaced.has(name.toLowerCase()))
    return { ...answer, headers: Object.fromEntries([...kept, ...added]) }
  })
}

/** Sends informational answers first, which no client of the API expects. */
export function afterInformational(script: Script, ...statuses: (100 | 102 | 103)[]): Script {
  return changed(script, (answer) => ({ ...answer, informational: statuses }))
}

async function* mapped(body: Answer['body'], rewrite: (piece: Buffer) => Buffer): AsyncGenerator<Buffer> {
  for await (const piece of body) yield rewrite(piece)
}

async function* compressedPieces(
  body: Answer['body'],
  encoding: keyof typeof COMPRESSORS,
): AsyncGenerator<Buffer> {
  const compressor = COMPRESSORS[encoding]()
  let pieces: Buffer[] = []
  // Listening, not reading: a flush never ends while the output waits for a reader.
  compressor.on('data', (piece: Buffer) => pieces.push(piece))
  const taken = () => {
    const bytes = Buffer.concat(pieces)
    pieces = []
    return bytes
  }
  for await (const piece of body) {
    compressor.write(piece)
    await new Promise<void>((done) => compressor.flush(done))
    yield taken()
  }
  compressor.end()
  await finished(compressor)
  yield taken()
}
