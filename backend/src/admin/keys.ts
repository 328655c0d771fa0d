/** Gateway keys: list, make, change, delete. The secret leaves once, in the answer to its making. */
import type { GatewayKeyView, gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import type { GatewayKey } from '../domain/gateway-key.ts'
import { GatewayError } from '../failures.ts'
import {
  createGatewayKey,
  deleteGatewayKey,
  listGatewayKeys,
  updateGatewayKey,
} from '../store/gateway-keys.ts'
import { changed } from './audit.ts'
import { randomToken, sha256 } from './digest.ts'
import type { HandlersOf } from './handler.ts'
import { secretHint } from './secret-hint.ts'

const PREFIX = 'gk-'
/** The prefix and four characters: enough to tell keys apart, with 35 of 43 still hidden. */
const SHOWN_AT_START = 7

export const gatewayKeyHandlers: HandlersOf<typeof gatewayKeyEndpoints> = {
  async list(context) {
    const keys = await listGatewayKeys(context.store.db)
    return { data: keys.map(view), next_cursor: null }
  },

  async create(context, { body }, call) {
    const secret = PREFIX + randomToken()
    const stored = await createGatewayKey(context.store.db, {
      ...body,
      hash: sha256(secret),
      hint: secretHint(secret, SHOWN_AT_START),
    })
    await changed(context, call, 'key created', { keyId: stored.id, name: stored.name })
    return { ...view(stored), key: secret }
  },

  async update(context, { params, body }, call) {
    const key = await updateGatewayKey(context.store.db, params.id, body)
    if (key === undefined) throw noKey(params.id)
    const fields = Object.keys(body)
    await changed(context, call, 'key changed', { keyId: key.id, name: key.name, fields })
    return view(key)
  },

  async remove(context, { params }, call) {
    if (!(await deleteGatewayKey(context.store.db, params.id))) throw noKey(params.id)
    await changed(context, call, 'key deleted', { keyId: params.id })
    return {}
  },
}

const view = (key: GatewayKey): GatewayKeyView => ({
  id: key.id,
  name: key.name,
  key_hint: key.hint,
  enabled: key.enabled,
  models: [...key.models],
  created_at_ms: key.createdAtMs,
  updated_at_ms: key.updatedAtMs,
})

const noKey = (id: number): GatewayError => new GatewayError('not_found', `There is no key ${id}.`)
