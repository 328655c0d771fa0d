/** Loads the admin plane while requests are under way. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { AdminContext } from '../admin/context.ts'
import type { AdminPlane, AdminPlaneOptions } from './admin-plane.ts'

/** What `admin-plane.ts` needs, in pieces of 40 ms and less. */
const PARTS: readonly (() => Promise<unknown>)[] = [
  () => import('fastify'),
  () => import('@fastify/cookie'),
  () => import('@fastify/static'),
  () => import('../admin/operations.ts'),
]
/** In which what has gathered meanwhile gets its turn: streams stand still half as long as when all is loaded at once. */
const BREATH_MS = 10

export async function loadAdminPlane(context: AdminContext, options: AdminPlaneOptions): Promise<AdminPlane> {
  for (const load of PARTS) {
    await load()
    await sleep(BREATH_MS)
  }
  const { openAdminPlane } = await import('./admin-plane.ts')
  return openAdminPlane(context, options)
}
