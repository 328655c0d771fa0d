/** Collects what is asked and answered, for keys whose operator wants it kept. For all others it is one comparison. */
import type { GatewayKey } from '../domain/gateway-key.ts'
import { REDACTED_MAX_BYTES } from '../runtime/redaction.ts'
import type { ClientCall } from './client-call.ts'
import type { CallResponse } from './client-side.ts'

/** Collected beyond what is kept, so that a credential that the limit cuts in two is still known as one. */
const MARGIN_BYTES = 8192

/** What has been answered so far. */
export interface Capture {
  readonly chunks: Buffer[]
  collectedBytes: number
  totalBytes: number
}

/** null where nothing is to be kept, which is the rule. Counting tokens is not worth keeping. */
export function openCapture(key: GatewayKey, call: ClientCall): Capture | null {
  if (key.capture === null || call.endpoint !== 'messages') return null
  const capture: Capture = { chunks: [], collectedBytes: 0, totalBytes: 0 }
  const limit = Math.min(key.capture.max_bytes + MARGIN_BYTES, REDACTED_MAX_BYTES)
  tap(call.response, (chunk) => {
    capture.totalBytes += chunk.length
    const part = chunk.subarray(0, limit - capture.collectedBytes)
    if (part.length === 0) return
    // A copy: a chunk is a window into a larger buffer, which it would keep alive.
    capture.chunks.push(Buffer.from(part))
    capture.collectedBytes += part.length
  })
  return capture
}

/** From here on, `take` is shown each piece of the body that is written to the client. */
function tap(response: CallResponse, take: (piece: Buffer) => void): void {
  const write = response.write.bind(response)
  const end = response.end.bind(response)
  const shown: Pick<CallResponse, 'write' | 'end'> = {
    write(piece) {
      take(piece)
      return write(piece)
    },
    end(piece) {
      if (piece) take(piece)
      end(piece)
    },
  }
  Object.assign(response, shown)
}
