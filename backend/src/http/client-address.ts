/** The address of a client, seen through the proxies that are believed. RFC 7239 section 5.2, in its older header. */
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** Whether an address is a proxy whose word is taken. */
export type TrustsProxy = (address: string) => boolean

/** @param proxies addresses, and networks such as `10.0.0.0/8`; the configuration has seen to it that they are. */
export function proxyTrust(proxies: readonly string[]): TrustsProxy {
  if (proxies.length === 0) return () => false
  const list = new BlockList()
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/')
    if (bits === undefined) list.addAddress(address, family(address))
    else list.addSubnet(address, Number(bits), family(address))
  }
  return (address) => isIP(address) !== 0 && list.check(address, family(address))
}

/** The nearest address that no trusted proxy vouches for another behind it. */
export function clientAddress(request: IncomingMessage, trusts: TrustsProxy): string | null {
  const peer = request.socket.remoteAddress
  if (peer === undefined) return null
  const chain = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
  let address = withoutMapping(peer)
  while (trusts(address)) {
    const before = withoutMapping(chain.pop()?.trim() ?? '')
    if (isIP(before) === 0) break
    address = before
  }
  return address
}

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** An IPv4 address as a dual-stack socket shows it, `::ffff:10.0.0.1`. */
const withoutMapping = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')
