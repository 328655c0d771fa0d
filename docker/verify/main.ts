/** Starts the built images and checks what they promise; verify.sh runs this in a network of its own. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { startFakeUpstream } from '../../backend/test/support/fake-upstream/fake-upstream.ts'
import { naturalAnswer } from '../../backend/test/support/fake-upstream/natural-answer.ts'
import { paced } from '../../backend/test/support/fake-upstream/timing.ts'
import { type Container, startContainer } from './container.ts'

const adminToken = 'verify-admin-token-0123456789'
const pauseMs = 150

async function check(sentence: string, body: () => unknown): Promise<void> {
  await body()
  console.log(`✓ ${sentence}`)
}

const page = { accept: 'text/html' }
const status = async (url: string, init?: RequestInit) => (await fetch(url, init)).status

async function admin<T>(url: string, method: string, path: string, body?: unknown): Promise<T> {
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' }
  const answer = await fetch(url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
  const text = await answer.text()
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`)
  return JSON.parse(text)
}

const question = (text: string) =>
  JSON.stringify({
    model: 'claude-sonnet-5',
    max_tokens: 1000,
    stream: true,
    messages: [{ role: 'user', content: text }],
  })

/** Sends a message request and notes when each piece of the answer came. */
async function stream(url: string, key: string, body: string) {
  const headers = { 'x-api-key': key, 'content-type': 'application/json' }
  const answer = await fetch(`${url}/v1/messages?beta=true`, { method: 'POST', headers, body })
  assert.equal(answer.status, 200)
  const pieces: { atMs: number; bytes: Uint8Array }[] = []
  for await (const bytes of answer.body ?? []) pieces.push({ atMs: performance.now(), bytes })
  return { headers: answer.headers, pieces, bytes: Buffer.concat(pieces.map((piece) => piece.bytes)) }
}

/** Sends the text and resolves with the first line of the answer, or rejects when none comes within 5 s. */
function firstLine(url: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text))
    socket.setTimeout(5_000, () => socket.destroy(new Error('no answer within 5 s')))
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('closed without an answer')))
    socket.on('data', (data) => {
      resolve(data.toString().split('\r\n', 1)[0] ?? '')
      socket.destroy()
    })
  })
}

async function checkImage(name: string, container: Container): Promise<void> {
  await check(`${name}: not root, healthy, and the root file system stays as it was`, () => {
    assert.ok(container.users().length > 0)
    assert.ok(container.users().every((uid) => uid > 0))
    assert.equal(container.health(), 0)
    assert.deepEqual(container.written(), [])
    assert.notEqual(container.run('touch', '/app'), 0)
    assert.notEqual(container.run('touch', '/etc/passwd'), 0)
  })
}

const pageHeaders = [
  'cache-control',
  'content-security-policy',
  'cross-origin-opener-policy',
  'referrer-policy',
  'x-content-type-options',
  'x-frame-options',
]

/** Returns the headers of the page, which are to be the same whoever serves it. */
async function checkConsole(url: string): Promise<(string | null)[]> {
  const answer = await fetch(`${url}/channels`, { headers: page })
  const html = await answer.text()
  await check(
    'the console: its page under every address of its own, its files, and 404 for others',
    async () => {
      assert.equal(await status(url, { method: 'HEAD' }), 200)
      const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? assert.fail('the page has no script')
      const asset = await fetch(url + script)
      assert.match(asset.headers.get('content-type') ?? '', /javascript/)
      assert.match(asset.headers.get('cache-control') ?? '', /immutable/)
      assert.equal(await status(`${url}/assets/none.js`, { headers: page }), 404)
      assert.equal(await status(`${url}/none.txt`), 404)
    },
  )
  return pageHeaders.map((name) => answer.headers.get(name))
}

async function checkProxy(url: string, direct: string): Promise<void> {
  await using upstream = await openUpstream()
  const channel = {
    name: 'fake',
    base_url: upstream.url,
    api_key: 'sk-ant-api03-verify',
    provider: 'anthropic',
  }
  await admin(url, 'POST', '/api/channels', channel)
  const { key } = await admin<{ key: string }>(url, 'POST', '/api/keys', { name: 'verify' })

  await check('nginx: a stream passes event by event, byte for byte', async () => {
    const { headers, pieces, bytes } = await stream(
      url,
      key,
      question('Count slowly from one to twenty, please.'),
    )
    assert.match(headers.get('content-type') ?? '', /^text\/event-stream/)
    assert.equal(headers.get('content-encoding'), null)
    assert.deepEqual(bytes, upstream.requests.at(-1)?.sent)
    const [first, last] = [pieces.at(0)?.atMs ?? 0, pieces.at(-1)?.atMs ?? 0]
    assert.ok(pieces.length >= 4, `${pieces.length} pieces`)
    assert.ok(last - first > 2 * pauseMs, `all within ${last - first} ms`)
  })
  await check('nginx: a body of 30 MiB passes, one of 34 MiB is refused in words', async () => {
    await stream(url, key, question('x'.repeat(30 * 2 ** 20)))
    const headers = { 'x-api-key': key, 'content-type': 'application/json' }
    const refused = await fetch(`${url}/v1/messages`, {
      method: 'POST',
      headers,
      body: question('x'.repeat(34 * 2 ** 20)),
    })
    assert.equal(refused.status, 413)
    assert.match(await refused.text(), /"type":"request_too_large"/)
  })
  await check('nginx: the gateway hears of a request before its body has come', async () => {
    const head =
      'POST /v1/messages HTTP/1.1\r\nHost: x\r\nx-api-key: gk-wrong\r\nContent-Length: 9000000\r\n\r\n{'
    assert.match(await firstLine(url, head), / 401 /)
  })
  await check('nginx: a path goes on as it came', async () => {
    for (const path of ['/v1/messages%2f', '/v1/%2e%2e/healthz', '/v1//models', '/v1/v1/models']) {
      const get = (to: string) =>
        firstLine(to, `GET ${path} HTTP/1.1\r\nHost: x\r\nx-api-key: ${key}\r\n\r\n`)
      assert.equal(await get(url), await get(direct), path)
    }
  })
}

async function openUpstream() {
  const upstream = await startFakeUpstream()
  upstream.answer(paced(naturalAnswer, pauseMs))
  return Object.assign(upstream, { [Symbol.asyncDispose]: () => upstream.close() })
}

const env = { SERVER_PORT: '18080', ADMIN_TOKEN: adminToken }
await using backend = await startContainer('backend', { port: 18080, env })
await using frontend = await startContainer('frontend', { port: 8080, env: { BACKEND: '127.0.0.1:18080' } })
await check('Dockerfile.backend and Dockerfile.frontend start; /healthz answers through both', async () => {
  assert.equal(await status(`${backend.url}/healthz`), 200)
  assert.equal(await status(`${frontend.url}/healthz`), 200)
})
const headersOfNginx = await checkConsole(frontend.url)
await checkProxy(frontend.url, backend.url)
await checkImage('Dockerfile.backend', backend)
await checkImage('Dockerfile.frontend', frontend)
await check('nginx: says so in JSON when the gateway is away, and finds it again with its data', async () => {
  assert.equal(await backend.stop('SIGTERM'), 0)
  const away = await fetch(`${frontend.url}/v1/models`)
  assert.equal(away.status, 502)
  assert.match(await away.text(), /"code":"gateway_unreachable"/)
  await backend.start()
  const { data: channels } = await admin<{ data: unknown[] }>(frontend.url, 'GET', '/api/channels')
  assert.equal(channels.length, 1)
})
await check('both stop when they are told to', async () => {
  assert.equal(await backend.stop('SIGTERM'), 0)
  assert.equal(await frontend.stop('SIGQUIT'), 0)
})

await using all = await startContainer('all', { port: 8080, env: { ADMIN_TOKEN: adminToken } })
await check('Dockerfile: API and console on one port', async () => {
  assert.equal(await status(`${all.url}/healthz`), 200)
  assert.equal(await status(`${all.url}/v1/models`), 401)
})
const headersOfGateway = await checkConsole(all.url)
await check('nginx sends the same security headers as the gateway', () => {
  assert.deepEqual(headersOfNginx, headersOfGateway)
  assert.ok(headersOfGateway.every((value) => value !== null))
})
await checkImage('Dockerfile', all)
await check('it stops when it is told to', async () => {
  assert.equal(await all.stop('SIGTERM'), 0)
})
