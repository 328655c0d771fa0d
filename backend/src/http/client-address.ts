/** The address of a client, seen through the proxies that are believed. RFC 7239 section 5.2, in its older header. */
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { withoutMapping } from '../runtime/address-list.ts'

/** Whether an address is a proxy whose word is taken. */
export type TrustsProxy = (address: string) => boolean

/** The nearest address that no trusted proxy vouches for another behind it. */
export function clientAddress(request: IncomingMessage, trusts: TrustsProxy): string | null {
  const peer = request.socket.remoteAddress
  if (peer === undefined) return null
  let address = withoutMapping(peer)
  if (!trusts(address)) return address
  const chain = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
  do {
    const before = withoutMapping(chain.pop()?.trim() ?? '')
    if (isIP(before) === 0) break
    address = before
  } while (trusts(address))
  return address
}
