import { describe, expect, test } from 'vitest'
import { channelOf } from '../../test/support/channel.ts'
import { OriginContacts } from './origin-contacts.ts'

const NOW = Date.UTC(2026, 10, 22, 12)

function contactsOf(...ids: number[]): OriginContacts {
  const contacts = new OriginContacts()
  contacts.configure(ids.map((id) => channelOf({ id })))
  return contacts
}

describe('D6: contacts with origins', () => {
  test('an attempt on a channel that is not configured tells nothing', () => {
    const contacts = contactsOf(1)
    expect(contacts.contacted(9, 'unreachable', NOW)).toBe(false)
  })

  test('failures far apart are not one outage', () => {
    const contacts = contactsOf(1, 2)
    contacts.contacted(1, 'unreachable', NOW)
    expect(contacts.contacted(2, 'unreachable', NOW + 15_001)).toBe(false)
  })

  test('an origin that answers anything at all was reached', () => {
    for (const kind of [
      'fine',
      'request_fault',
      'limited',
      'overloaded',
      'failed',
      'credential_refused',
    ] as const) {
      const contacts = contactsOf(1, 2)
      contacts.contacted(1, 'unreachable', NOW)
      contacts.contacted(1, kind, NOW + 1)
      expect(contacts.contacted(2, 'unreachable', NOW + 2)).toBe(false)
    }
  })

  test('an origin that is configured anew must fail too before all have', () => {
    const contacts = contactsOf(1, 2)
    contacts.contacted(1, 'unreachable', NOW)
    contacts.configure([1, 2, 3].map((id) => channelOf({ id })))
    expect(contacts.contacted(2, 'unreachable', NOW)).toBe(false)
    expect(contacts.contacted(3, 'unreachable', NOW)).toBe(true)
  })

  test('an outage is looked at afresh when the configuration changes', () => {
    const contacts = contactsOf(1, 2)
    contacts.contacted(1, 'unreachable', NOW)
    expect(contacts.contacted(2, 'unreachable', NOW)).toBe(true)
    contacts.configure([channelOf({ id: 1 })])
    expect(contacts.contacted(1, 'unreachable', NOW)).toBe(false)
  })
})
