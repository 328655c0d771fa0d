/** The words of the page for those who hold a key. */
export const myUsage = {
  myUsage: {
    title: 'My usage',
    lead: 'What your gateway key has used, and what it may still use.',
    key: 'Your gateway key',
    keyHint: 'It begins with gk-. It is sent to this gateway only, and is in no address and no log.',
    keep: 'Keep it in this tab until I close it',
    show: 'Show my usage',
    operator: 'I run this gateway',
    leave: 'Forget my key',
    needed: 'Enter your gateway key.',
    noKey: 'That cannot be a gateway key: it has spaces or strange signs in it.',
    refused: {
      unauthenticated:
        'This gateway does not know that key. See whether all of it was copied; a deleted key is not known either.',
      key_disabled: 'That key is switched off. Ask who runs the gateway to switch it on.',
      key_expired:
        'That key has ended or was replaced by a new one. Ask who runs the gateway for the new key.',
      address_not_allowed:
        'That key may not be used from where you are. Ask who runs the gateway, or use it from the network it is meant for.',
      too_many_sign_ins: 'Too many unknown keys came from your address. Wait a few minutes, then try again.',
    },
    until: 'The key works until {{time}}.',
    models: 'You may ask for',
    anyModel: 'every model',
    zone: 'Days are those of {{zone}}.',
    limits: 'Budgets and limits',
    team: 'Shared with your team',
    noBudget: 'You have no budget of your own: nothing stops you but good sense.',
    spans: { today: 'Today', last_7_days: '7 days', last_30_days: '30 days' },
    requests: 'Requests',
    cost: 'Cost',
    tokens: 'Tokens',
    tokenCount: '{{tokens}} tokens',
    cached: 'From cache',
    saved: 'Saved by caching',
    used: 'Used',
    nothing: 'Nothing was used in these 30 days.',
    exhausted: 'A budget is used up. Requests are refused until it resets at {{time}}.',
    exhaustedForGood: 'A budget is used up, and it never resets. Ask who runs the gateway to raise it.',
  },
}
