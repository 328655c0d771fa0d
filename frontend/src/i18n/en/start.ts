/** The words of the first steps, and of the block for Claude Code. */
export const start = {
  claudeCode: {
    form: 'Where it goes',
    forms: { shell: 'Shell', settings: 'settings.json' },
    places: {
      shell: 'Paste into a terminal, or into your shell’s profile',
      settings: '~/.claude/settings.json, or a project’s .claude/settings.json',
    },
    options: {
      cacheHour: {
        name: 'Keep the prompt cache for an hour',
        hint: 'Writing costs twice the input price, not 1.25 times; a pause of six minutes no longer loses the cache.',
      },
      discovery: {
        name: 'List this gateway’s models under /model',
        hint: 'Claude Code asks the gateway which models there are, your mapped names among them.',
      },
      smallModel: {
        name: 'Name the small model',
        hint: 'What Claude Code uses for titles and summaries. Set it if your channels call it otherwise.',
      },
    },
  },
  start: {
    title: 'First steps',
    lead: 'From nothing to the first request in four steps.',
    done: 'Done',
    channel: {
      title: 'Add a channel',
      hint: 'An upstream account: the address you were given, and its key.',
      test: 'Test it first',
      there: '{{name}} is there.',
      off: '{{name}} is switched off: no channel takes requests.',
      toList: 'Go to the channels',
      another: 'Add another',
    },
    key: {
      title: 'Create a key',
      hint: 'What clients present to this gateway.',
      name: 'For whom or what',
      there: 'You have a key. Its secret was shown once, when it was made.',
      made: '{{name}} is ready. Its secret is in the block below, and is shown only now.',
      another: 'Create another',
    },
    setup: {
      title: 'Point Claude Code here',
      hint: 'Copy the block and start claude in the same terminal.',
      standIn: 'YOUR-GATEWAY-KEY',
    },
    request: {
      title: 'Watch the first request arrive',
      hint: 'Ask Claude Code anything.',
      waiting: 'Listening for the first request…',
      arrived: 'It arrived.',
      see: 'See its whole path',
      on: 'Go to the requests',
    },
  },
}
