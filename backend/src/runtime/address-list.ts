/** A list of addresses and networks, compiled once, that tells whether an address is on it. */
import { BlockList, isIP } from 'node:net'

/** @param entries addresses, and networks such as `10.0.0.0/8`; whoever took them in has seen to it that they are. */
export function addressList(entries: readonly string[]): (address: string) => boolean {
  if (entries.length === 0) return () => false
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/')
    const plain = withoutMapping(address)
    const isMapped = plain !== address
    if (bits === undefined) list.addAddress(plain, familyOf(plain))
    // A network of mapped addresses is one of IPv4: the first 96 bits are the mapping.
    else list.addSubnet(plain, Math.max(Number(bits) - (isMapped ? MAPPING_BITS : 0), 0), familyOf(plain))
  }
  // An IPv4 address that is written as IPv6 is found among those of IPv4 as well.
  return (address) => isIP(address) !== 0 && list.check(address, familyOf(address))
}

const MAPPING_BITS = 96

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** An IPv4 address as a dual-stack socket shows it, `::ffff:10.0.0.1`. RFC 4291 section 2.5.5.2. */
export const withoutMapping = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')
