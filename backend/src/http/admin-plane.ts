/** Admin API and console behind one request listener. Loaded by `admin-door.ts` with the first request for it. */
import type { RequestListener } from 'node:http'
import Fastify from 'fastify'
import type { AdminContext } from '../admin/context.ts'
import { createAdminPlugin } from './admin-plugin.ts'
import type { TrustsProxy } from './client-address.ts'
import { createConsolePlugin } from './console-files.ts'

export interface AdminPlaneOptions {
  readonly trusts: TrustsProxy
  /** Where the built console is. */
  readonly consoleDirectory: string
}

export interface AdminPlane {
  readonly handle: RequestListener
  close(): Promise<void>
}

/** Listens nowhere itself: requests are handed to it. */
export async function openAdminPlane(
  admin: AdminContext,
  { trusts, consoleDirectory }: AdminPlaneOptions,
): Promise<AdminPlane> {
  const app = Fastify({
    trustProxy: trusts,
    // A session's id is up to 300 characters of any kind, which are more once they are encoded.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 3000 },
  })
  await app.register(createAdminPlugin(admin), { prefix: '' })
  await app.register(createConsolePlugin(consoleDirectory))
  await app.ready()
  return { handle: app.routing, close: () => app.close() }
}
