import { expect, test } from 'vitest'
import { addressList } from '../runtime/address-list.ts'
import { clientAddress } from './client-address.ts'

const request = (peer: string, forwarded?: string) => ({
  peer,
  request: { header: (name: string) => (name === 'x-forwarded-for' && forwarded) || null },
})

test.each([
  [[], '10.0.0.1', '1.2.3.4', '10.0.0.1', 'nobody is believed by default'],
  [['10.0.0.0/8'], '10.0.0.1', '1.2.3.4', '1.2.3.4', 'a trusted proxy is'],
  [['10.0.0.0/8'], '::ffff:10.0.0.1', '1.2.3.4', '1.2.3.4', 'as a dual-stack socket shows it, too'],
  [
    ['10.0.0.0/8'],
    '10.0.0.1',
    '6.6.6.6, 1.2.3.4, 10.0.0.2',
    '1.2.3.4',
    'but what a stranger put before is not',
  ],
  [['10.0.0.0/8'], '10.0.0.1', undefined, '10.0.0.1', 'a proxy that says nothing is itself the client'],
  [['10.0.0.0/8'], '10.0.0.1', 'unknown', '10.0.0.1', 'what is no address is passed over'],
  [['fd00::/8', '127.0.0.1'], 'fd00::1', '2001:db8::7', '2001:db8::7', 'IPv6 alike'],
] as [string[], string, string | undefined, string, string][])(
  'trusting %j, %s with %s is %s: %s',
  (proxies, peer, forwarded, expected) => {
    expect(clientAddress(request(peer, forwarded), addressList(proxies))).toBe(expected)
  },
)
