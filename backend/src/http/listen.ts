/** Listening where the operator said. */
import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { explainListenFailure, type Place } from './listen-failure.ts'

/**
 * `localhost` has two addresses, and clients differ in which they try: both are listened on where there are both.
 *
 * @param serverOf makes a server, one for each address.
 * @throws StartFailure when the host and port cannot be had.
 */
export async function listenAt(serverOf: () => Server, place: Place): Promise<[Server, ...Server[]]> {
  const first = serverOf()
  await listen(first, place).catch((error: unknown) => {
    throw explainListenFailure(place, error)
  })
  if (place.host !== 'localhost') return [first]
  const { address: taken, port } = first.address() as AddressInfo
  const all = await lookup('localhost', { all: true }).catch(() => [])
  const others = all.filter(({ address }) => address !== taken).map(({ address }) => address)
  const more: Server[] = []
  for (const host of new Set(others)) {
    const server = serverOf()
    // The first one is enough to serve.
    const isListening = await listen(server, { host, port }).then(
      () => true,
      () => false,
    )
    if (isListening) more.push(server)
  }
  return [first, ...more]
}

async function listen(server: Server, { host, port }: Place): Promise<void> {
  server.listen({ host, port })
  await once(server, 'listening')
}
