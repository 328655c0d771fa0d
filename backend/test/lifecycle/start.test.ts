/** What a gateway says when it starts, and how its first operator comes in. */
import { expect, test } from 'vitest'
import { freshFolder } from '../support/engines.ts'
import { type GatewayProcess, startGatewayProcess } from './gateway-process.ts'

const OPERATOR = { username: 'ada', password: 'correct horse battery' }

const post = (gateway: GatewayProcess, path: string, body: object): Promise<Response> =>
  fetch(gateway.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

const tokenIn = (setupUrl: string | null): string => new URL(setupUrl ?? '').searchParams.get('token') ?? ''

async function stop({ process }: GatewayProcess): Promise<void> {
  process.signal('SIGTERM')
  expect(await process.ended).toEqual({ code: 0, signal: null })
}

test('the start says in five lines where it listens, where the data is, how to come in, and what to export', async () => {
  const dataDir = await freshFolder()
  const { process, url, setupUrl } = await startGatewayProcess({ DATA_DIR: dataDir })
  expect(process.stdout.split('\n')).toEqual([
    `Claude gateway listens on ${url}`,
    `  data      ${dataDir}`,
    `  console   create the first operator at ${setupUrl}`,
    '  a key     make one in the console under Keys, then for Claude Code:',
    `            export ANTHROPIC_BASE_URL=${url} ANTHROPIC_AUTH_TOKEN=gk-…`,
    '',
  ])
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(process.stderr).toBe('')
})

test('the printed link makes the first operator, who can sign in; the next start prints no link, and the old one is dead', async () => {
  const environment = { DATA_DIR: await freshFolder() }
  const first = await startGatewayProcess(environment)
  const page = await fetch(first.setupUrl ?? '', { headers: { accept: 'text/html' } })
  expect(page.headers.get('content-type')).toMatch(/^text\/html/)
  const token = tokenIn(first.setupUrl)
  expect((await post(first, '/api/auth/setup', { token: `${token}x`, ...OPERATOR })).status).toBe(403)
  const made = await post(first, '/api/auth/setup', { token, ...OPERATOR })
  expect([made.status, await made.json()]).toMatchObject([201, { signed_in: true, username: 'ada' }])
  const [cookie = ''] = made.headers.getSetCookie()
  const again = await post(first, '/api/auth/setup', { token, username: 'eve', password: OPERATOR.password })
  expect(again.status).toBe(409)
  await stop(first)

  const second = await startGatewayProcess(environment)
  expect(second.setupUrl).toBeNull()
  expect(second.process.stdout).toContain(`  console   sign in at ${second.url}\n`)
  expect(second.process.stdout).not.toContain('token=')
  expect((await post(second, '/api/auth/setup', { token, ...OPERATOR })).status).toBe(409)
  expect((await post(second, '/api/auth/login', OPERATOR)).status).toBe(200)
  // Who was signed in stays signed in.
  const headers = { cookie: cookie.split(';')[0] ?? '' }
  expect((await fetch(`${second.url}/api/channels`, { headers })).status).toBe(200)
})

test('while there is no operator, each start prints a link of its own, and only the last one holds', async () => {
  const environment = { DATA_DIR: await freshFolder() }
  const first = await startGatewayProcess(environment)
  const oldToken = tokenIn(first.setupUrl)
  await stop(first)
  const second = await startGatewayProcess(environment)
  expect(tokenIn(second.setupUrl)).not.toBe(oldToken)
  expect((await post(second, '/api/auth/setup', { token: oldToken, ...OPERATOR })).status).toBe(403)
  const token = tokenIn(second.setupUrl)
  expect((await post(second, '/api/auth/setup', { token, ...OPERATOR })).status).toBe(201)
})

test('ADMIN_AUTH=none on a loopback address lets everybody in, and the start says so loudly', async () => {
  const environment = { DATA_DIR: await freshFolder(), ADMIN_AUTH: 'none' }
  const { process, url } = await startGatewayProcess(environment)
  expect(process.stderr).toMatch(/!! {2}ADMIN_AUTH=none: there is no sign-in\. Everybody .* on this machine/)
  expect(process.stdout).toContain(`  console   ${url}, without any sign-in\n`)
  expect(process.stdout.trimEnd().split('\n')).toHaveLength(5)
  expect((await fetch(`${url}/api/channels`)).status).toBe(200)
})

test('a gateway that listens everywhere prints an address that can be opened here', async () => {
  const everywhere = await startGatewayProcess({ DATA_DIR: await freshFolder(), HOST: '0.0.0.0' })
  expect(everywhere.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect((await fetch(`${everywhere.url}/healthz`)).status).toBe(200)
})
