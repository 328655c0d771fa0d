/**
 * The door to the admin plane, which is loaded with the first request for it: a web framework, its plugins and the
 * schemas of some eighty operations. A gateway that nobody administers does without them, and starts without them.
 */
import type { RequestListener, ServerResponse } from 'node:http'
import { toGatewayError } from '../failures.ts'
import type { Log } from '../runtime/log.ts'
import type { AdminPlane } from './admin-plane.ts'

export interface AdminDoor {
  /** Answers at once when the plane is loaded; otherwise when it is. */
  readonly handle: RequestListener
  /** No request may come afterwards. */
  close(): Promise<void>
}

/** `load` is called for the first request, and again only after it has failed. */
export function createAdminDoor(load: () => Promise<AdminPlane>, log: Log): AdminDoor {
  let plane: AdminPlane | null = null
  let loading: Promise<AdminPlane> | null = null
  const loadOnce = (): Promise<AdminPlane> => {
    loading ??= load().then(
      (loaded) => {
        plane = loaded
        return loaded
      },
      (cause: unknown) => {
        loading = null
        log.error({ err: cause }, 'the admin plane could not be loaded')
        throw cause
      },
    )
    return loading
  }
  return {
    handle(request, response) {
      if (plane !== null) plane.handle(request, response)
      else
        loadOnce().then(
          ({ handle }) => handle(request, response),
          (cause: unknown) => refuse(response, cause),
        )
    },
    async close() {
      // Where it cannot be loaded, whoever asked has been told so.
      await (await loading?.catch(() => null))?.close()
    },
  }
}

function refuse(response: ServerResponse, cause: unknown): void {
  const { failure, code, message } = toGatewayError(cause)
  response.writeHead(failure.status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  })
  response.end(JSON.stringify({ error: { code, message } }))
}
