/** What was asked and answered in one request: read, which is audited, and deleted. */
import type { CapturedBodiesView, capturedBodiesEndpoints } from '@claude-gateway/contract/captured-bodies.ts'
import type { CapturedBodies, CapturedBody } from '../domain/captured-bodies.ts'
import { GatewayError } from '../failures.ts'
import { deleteCapturedBodies, findCapturedBodies } from '../store/captured-bodies.ts'
import { audit } from './audit.ts'
import type { HandlersOf } from './handler.ts'

export const capturedBodiesHandlers: HandlersOf<typeof capturedBodiesEndpoints> = {
  async read(context, { params }, call) {
    const { store, secrets, now } = context
    const found = await findCapturedBodies(store.db, secrets, { logId: params.id, nowMs: now() })
    if (found === undefined) throw none(params.id)
    // People's words: who looked at them is worth knowing.
    await audit(context, call, 'bodies read', { requestId: params.id, gatewayRequest: found.requestId })
    return view(found)
  },

  async remove(context, { params }, call) {
    if (!(await deleteCapturedBodies(context.store.db, params.id))) throw none(params.id)
    await audit(context, call, 'bodies deleted', { requestId: params.id })
    return {}
  },
}

const view = ({ requestId, atMs, expiresAtMs, request, response }: CapturedBodies): CapturedBodiesView => ({
  request_id: requestId,
  at_ms: atMs,
  expires_at_ms: expiresAtMs,
  request: bodyView(request),
  response: bodyView(response),
})

const bodyView = ({ text, bytes, isCut }: CapturedBody) => ({ text, bytes, cut: isCut })

const none = (id: number): GatewayError =>
  new GatewayError('not_found', `No bodies are kept of entry ${id} of the request log.`)
