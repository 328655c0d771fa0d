/** Rule D8: how a session is known, and what it costs when it moves: tokens that another cache held, written again. */
import { expect, test } from 'vitest'
import { apiError } from '../support/fake-upstream/errors.ts'
import { message } from '../support/fake-upstream/messages.ts'
import { startStand } from '../support/stand.ts'
import { Channels, type Question } from './channels-of.ts'
import { ask } from './live-client.ts'

const stand = await startStand()
const { gateway } = stand
const channels = new Channels(stand)

const EIGHT = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`channel-${index}`, {}]))

const [ONE, OLDER] = [crypto.randomUUID(), crypto.randomUUID()]
const userId = (session_id: string) => JSON.stringify({ device_id: 'd', account_uuid: 'a', session_id })
const metadata = (user_id: string) => ({ metadata: { user_id } })
const prompt = (words: string, more: readonly object[] = []) => ({
  system: 'You are a poet.',
  messages: [{ role: 'user', content: words }, ...more],
})
const SAME_START = [
  { role: 'assistant', content: 'Yes?' },
  { role: 'user', content: 'Go on' },
]

/** How the session is known, its id where it has one, two requests of it, and one of another. */
const KNOWN_BY: readonly (readonly [string, string | null, readonly [object, object, object]])[] = [
  [
    'metadata.user_id as JSON',
    ONE,
    [metadata(userId(ONE)), metadata(userId(ONE)), metadata(userId(crypto.randomUUID()))],
  ],
  [
    'the older metadata.user_id',
    OLDER,
    [
      metadata(`user_ab_account_cd_session_${OLDER}`),
      metadata(`user_ab_account_cd_session_${OLDER}`),
      metadata(`user_ab_account_cd_session_${crypto.randomUUID()}`),
    ],
  ],
  [
    'system, tools and the first user message',
    null,
    [prompt('Sing'), prompt('Sing', SAME_START), prompt('Weep')],
  ],
]

/** The channel that a request without a session header goes to; nothing is bound, since it fails. */
async function placeOf(fields: object): Promise<string> {
  const answer = await ask(gateway, { model: 'claude-sonnet-5', max_tokens: 9, messages: [], ...fields })
  const { attempts } = await channels.explained(answer)
  return attempts[0]?.channel_name ?? ''
}

for (const [what, id, [first, again, other]] of KNOWN_BY) {
  test(`D8: without the header, ${what} tells the session`, async () => {
    await channels.lay(EIGHT)
    for (const name of Object.keys(EIGHT)) channels.answers(name, apiError('invalid_request'))
    const place = await placeOf(first)
    expect(await placeOf(again)).toBe(place)
    for (const name of Object.keys(EIGHT)) channels.answers(name, message())
    const answer = await ask(gateway, { model: 'claude-sonnet-5', max_tokens: 9, messages: [], ...first })
    expect((await channels.explained(answer)).session_id).toBe(id)
    await expectWarm(again, true)
    await expectWarm(other, false)
  })
}

async function expectWarm(fields: object, isWarm: boolean): Promise<void> {
  const answer = await ask(gateway, { model: 'claude-sonnet-5', max_tokens: 9, messages: [], ...fields })
  const { explanation } = await channels.explained(answer)
  expect(explanation.some((words) => words.includes('cache was warm'))).toBe(isWarm)
}

test('D8: the header comes before the metadata', async () => {
  await channels.lay(EIGHT)
  const question: Question = { session: 'of the header', fields: metadata(userId('of the metadata')) }
  expect((await channels.explained(await channels.send(question))).session_id).toBe('of the header')
})

const using = (read: number, written: number) =>
  message({
    usage: {
      input_tokens: 10,
      cache_read_input_tokens: read,
      cache_creation: { ephemeral_5m_input_tokens: written, ephemeral_1h_input_tokens: 0 },
    },
  })

/** What both requests read and wrote of their channel's cache; what was there before and had to be written again. */
const MOVES: readonly (readonly [string, readonly [number, number], readonly [number, number], number])[] = [
  ['the whole prompt', [0, 5000], [0, 5400], 5000],
  ['what was read and what was written', [4000, 1000], [0, 5400], 5000],
  ['no more than was written there', [0, 5000], [2000, 3000], 3000],
  ['nothing, where the other cache knew it all', [0, 5000], [5000, 0], 0],
]

for (const stream of [true, false]) {
  for (const [what, before, after, rewritten] of MOVES) {
    test(`D8: a session that moves writes again ${what} (stream: ${stream})`, async () => {
      await channels.lay({ first: { priority: 10 }, second: { priority: 5 } })
      const session = crypto.randomUUID()
      channels.answers('first', using(...before))
      channels.answers('second', using(...after))
      const stays = await channels.explained(await channels.send({ session, stream }))
      expect(stays.cache_rewritten_tokens).toBeNull()
      await channels.operate('first', 'pause')
      const moved = await channels.explained(await channels.send({ session, stream }))
      expect(moved).toMatchObject({ channel_name: 'second', cache_rewritten_tokens: rewritten })
      const words = `About ${rewritten.toLocaleString('en')} tokens that another channel’s cache held had to be written again.`
      expect(moved.explanation.includes(words)).toBe(rewritten > 0)
      const settled = await channels.explained(await channels.send({ session, stream }))
      expect(settled.cache_rewritten_tokens).toBeNull()
    })
  }
}

test('D8: a spill-over tells what it wrote again, each time', async () => {
  await channels.lay({ narrow: { priority: 10, max_requests_per_minute: 1 }, wide: { priority: 5 } })
  channels.answers('narrow', using(0, 5000))
  channels.answers('wide', using(0, 5000))
  const session = crypto.randomUUID()
  await channels.send({ session })
  for (let sent = 0; sent < 2; sent++) {
    const spilt = await channels.explained(await channels.send({ session }))
    expect(spilt).toMatchObject({ channel_name: 'wide', cache_rewritten_tokens: 5000 })
  }
})
