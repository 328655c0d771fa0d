/** Modifiers that decide when the bytes of an answer leave, and whether all of them do. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, changed, type Script } from './answer.ts'
import { withHeaders } from './rewriting.ts'

/** Waits before the status line. */
export function slowFirstByte(script: Script, delayMs: number): Script {
  return async () => {
    await pause(delayMs)
    return script
  }
}

/** Answers when the given promise settles: for tests that need several requests in flight at once. */
export function heldUntil(gate: Promise<unknown>, script: Script): Script {
  return () => gate.then(() => script)
}

/** Sends headers and that many writes (events, in a stream), rests, and goes on. */
export function pausedAfter(script: Script, writes: number, delayMs: number): Script {
  return withBody(script, async function* (body) {
    let sent = 0
    for await (const piece of body) {
      if (sent === writes) await pause(delayMs)
      sent += 1
      yield piece
    }
  })
}

/** Rests between one write and the next, as a model that thinks does. */
export function paced(script: Script, delayMs: number): Script {
  return withBody(script, async function* (body) {
    let isFirst = true
    for await (const piece of body) {
      if (!isFirst) await pause(delayMs)
      isFirst = false
      yield piece
    }
  })
}

/**
 * Cuts the body into chunks of these sizes, in turn and regardless of events, and flushes each. The transfer is always
 * chunked, so that the chunks arrive apart even where the network joins them.
 */
export function dripped(script: Script, chunkSizes: readonly number[]): Script {
  return withBody(withHeaders(script, { 'content-length': '' }), async function* (body) {
    let turn = 0
    for await (const piece of body) {
      let at = 0
      while (at < piece.length) {
        const size = chunkSizes[turn % chunkSizes.length] ?? piece.length
        turn += 1
        yield piece.subarray(at, at + size)
        at += size
      }
    }
  })
}

/** Closes the connection after that many bytes of the body; at its full length only the end is missing. */
export function cutAt(script: Script, byte: number): Script {
  return changed(script, (answer) => ({ ...answer, ending: { how: 'cut', at: byte } }))
}

/** The same with a TCP reset: bytes that have just been sent may be lost. */
export function resetAt(script: Script, byte: number): Script {
  return changed(script, (answer) => ({ ...answer, ending: { how: 'reset', at: byte } }))
}

/** Falls silent after that many bytes of the body and keeps the connection open. */
export function silentAfter(script: Script, byte: number): Script {
  return changed(script, (answer) => ({ ...answer, ending: { how: 'silence', at: byte } }))
}

function withBody(script: Script, rewrite: (body: Answer['body']) => AsyncIterable<Buffer>): Script {
  return changed(script, (answer) => ({ ...answer, body: rewrite(answer.body) }))
}

/** Does not keep the process alive: whoever waits for the answer does. */
function pause(delayMs: number): Promise<void> {
  return sleep(delayMs, undefined, { ref: false })
}
