/** Gateway keys: list, make, change, rotate, delete. A secret leaves once, in the answer to its making. */
import type { gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { GatewayError } from '../failures.ts'
import {
  createGatewayKey,
  deleteGatewayKey,
  findGatewayKey,
  type HashedSecret,
  listGatewayKeys,
  rotateGatewayKey,
  updateGatewayKey,
} from '../store/gateway-keys.ts'
import { changed } from './audit.ts'
import { randomToken, sha256 } from './digest.ts'
import type { HandlersOf } from './handler.ts'
import { keyView } from './key-view.ts'
import { secretHint } from './secret-hint.ts'
import { withTimeZone } from './time-zone.ts'

const PREFIX = 'gk-'
/** The prefix and four characters: enough to tell keys apart, with 35 of 43 still hidden. */
const SHOWN_AT_START = 7

export const gatewayKeyHandlers: HandlersOf<typeof gatewayKeyEndpoints> = {
  async list(context) {
    const keys = await listGatewayKeys(context.store.db)
    return { data: keys.map((key) => keyView(context, key)), next_cursor: null }
  },

  async get(context, { params }) {
    const key = await findGatewayKey(context.store.db, params.id)
    if (key === undefined) throw noKey(params.id)
    return keyView(context, key)
  },

  async create(context, { body }, call) {
    const {
      settingDefaults,
      store: { db },
    } = context
    const { secret, hashed } = newSecret()
    const key = await createGatewayKey(db, {
      ...(await withTimeZone({ db, settingDefaults }, body)),
      ...hashed,
    })
    await changed(context, call, 'key created', { keyId: key.id, name: key.name })
    return { ...keyView(context, key), key: secret }
  },

  async update(context, { params, body }, call) {
    const key = await updateGatewayKey(context.store.db, params.id, body)
    if (key === undefined) throw noKey(params.id)
    const fields = Object.keys(body)
    await changed(context, call, 'key changed', { keyId: key.id, name: key.name, fields })
    return keyView(context, key)
  },

  async rotate(context, { params, body }, call) {
    const { secret, hashed } = newSecret()
    const { overlap_seconds } = body
    const overlapUntilMs = overlap_seconds === 0 ? null : context.now() + overlap_seconds * 1000
    const key = await rotateGatewayKey(context.store.db, params.id, { ...hashed, overlapUntilMs })
    if (key === undefined) throw noKey(params.id)
    await changed(context, call, 'key rotated', { keyId: key.id, name: key.name, overlap_seconds })
    return { ...keyView(context, key), key: secret }
  },

  async remove(context, { params }, call) {
    if (!(await deleteGatewayKey(context.store.db, params.id))) throw noKey(params.id)
    await changed(context, call, 'key deleted', { keyId: params.id })
    return {}
  },
}

function newSecret(): { secret: string; hashed: HashedSecret } {
  const secret = PREFIX + randomToken()
  return { secret, hashed: { hash: sha256(secret), hint: secretHint(secret, SHOWN_AT_START) } }
}

const noKey = (id: number): GatewayError => new GatewayError('not_found', `There is no key ${id}.`)
