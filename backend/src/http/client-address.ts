/** The address of a client, seen through the proxies that are believed. RFC 7239 section 5.2, in its older header. */
import { isIP } from 'node:net'
import type { CallRequest } from '../proxy/client-side.ts'
import { withoutMapping } from '../runtime/address-list.ts'

/** Whether an address is a proxy whose word is taken. */
export type TrustsProxy = (address: string) => boolean

interface Sender {
  /** The address at the other end of the connection; undefined where that is gone already. */
  readonly peer: string | undefined
  readonly request: Pick<CallRequest, 'header'>
}

/** The nearest address that no trusted proxy vouches for another behind it. */
export function clientAddress({ peer, request }: Sender, trusts: TrustsProxy): string | null {
  if (peer === undefined) return null
  let address = withoutMapping(peer)
  if (!trusts(address)) return address
  const chain = (request.header('x-forwarded-for') ?? '').split(',')
  do {
    const before = withoutMapping(chain.pop()?.trim() ?? '')
    if (isIP(before) === 0) break
    address = before
  } while (trusts(address))
  return address
}
