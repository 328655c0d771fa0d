/** The door to the admin plane: loaded once, with the first request for it, and again only where that failed. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { Log } from '../runtime/log.ts'
import { createAdminDoor } from './admin-door.ts'
import type { AdminPlane } from './admin-plane.ts'

const plane = (closed: string[] = []): AdminPlane => ({
  handle: (request, response) => void response.end(`answer to ${request.url}`),
  close: async () => void closed.push('plane'),
})

async function openDoor(load: () => Promise<AdminPlane>) {
  const logged: string[] = []
  const note = (_fields: unknown, event: string): void => void logged.push(event)
  const log: Log = { debug: note, info: note, warn: note, error: note }
  const door = createAdminDoor(load, log)
  const server = createServer(door.handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return { door, logged, ask: (path: string) => fetch(`http://127.0.0.1:${port}${path}`) }
}

test('requests that come while the plane is loaded wait for it, and it is loaded once', async () => {
  const opening = Promise.withResolvers<AdminPlane>()
  let loads = 0
  const { ask } = await openDoor(() => {
    loads += 1
    return opening.promise
  })
  const asked = ['/a', '/b', '/c'].map(async (path) => (await ask(path)).text())
  while (loads === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  opening.resolve(plane())
  expect(await Promise.all(asked)).toEqual(['answer to /a', 'answer to /b', 'answer to /c'])
  expect(await (await ask('/later')).text()).toBe('answer to /later')
  expect(loads).toBe(1)
})

test('where the plane cannot be loaded, the answer is an error without its cause, the log has it, and the next request tries again', async () => {
  let loads = 0
  const { ask, logged } = await openDoor(async () => {
    loads += 1
    if (loads === 1) throw new Error('a file is missing: secret-path')
    return plane()
  })
  const refused = await ask('/api/channels')
  expect(refused.status).toBe(500)
  const body = await refused.text()
  expect(JSON.parse(body)).toMatchObject({ error: { code: 'internal' } })
  expect(body).not.toContain('secret-path')
  expect(logged).toEqual(['the admin plane could not be loaded'])
  expect(await (await ask('/again')).text()).toBe('answer to /again')
})

test('a stop closes the plane that is loaded or being loaded, and loads none', async () => {
  const closed: string[] = []
  let loads = 0
  const load = async (): Promise<AdminPlane> => {
    loads += 1
    return plane(closed)
  }
  const unused = await openDoor(load)
  await unused.door.close()
  expect({ loads, closed }).toEqual({ loads: 0, closed: [] })
  const used = await openDoor(load)
  await used.ask('/')
  await used.door.close()
  expect({ loads, closed }).toEqual({ loads: 1, closed: ['plane'] })
})
