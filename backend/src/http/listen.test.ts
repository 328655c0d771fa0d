/** Listening where the operator said. */
import { lookup } from 'node:dns/promises'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, isIPv6 } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { StartFailure } from '../failures.ts'
import { listenAt } from './listen.ts'

function serverOf(): Server {
  const server = createServer((_request, response) => void response.end('here'))
  onTestFinished(() => void server.close())
  return server
}

test('localhost is listened on at each of its addresses that this machine has, at one port', async () => {
  const servers = await listenAt(serverOf, { host: 'localhost', port: 0 })
  const places = servers.map((server) => server.address() as AddressInfo)
  expect(new Set(places.map(({ port }) => port)).size).toBe(1)
  const known = (await lookup('localhost', { all: true })).map(({ address }) => address)
  for (const { address, port } of places) {
    expect(known).toContain(address)
    const host = isIPv6(address) ? `[${address}]` : address
    expect(await (await fetch(`http://${host}:${port}`)).text()).toBe('here')
  }
})

test('an address is listened on alone, and a port that is taken is told to the operator', async () => {
  const servers = await listenAt(serverOf, { host: '127.0.0.1', port: 0 })
  expect(servers).toHaveLength(1)
  const { port } = servers[0].address() as AddressInfo
  await expect(listenAt(serverOf, { host: '127.0.0.1', port })).rejects.toThrow(StartFailure)
})
