/** The README's curl examples, run as they stand, in their order, against a real gateway and a fake upstream. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FakeUpstream, startFakeUpstream } from './support/fake-upstream/fake-upstream.ts'
import { ADMIN_TOKEN, startGateway, type TestGateway } from './support/gateway.ts'

/** The project needs neither; whoever has both can see that the examples are true. */
const hasTools = ['bash', 'curl'].every((tool) => spawnSync(tool, ['--version']).status === 0)

let upstream: FakeUpstream
let gateway: TestGateway
let folder: string

beforeAll(async () => {
  upstream = await startFakeUpstream()
  gateway = await startGateway()
  folder = await mkdtemp(join(tmpdir(), 'readme-'))
})

afterAll(async () => {
  await gateway.close()
  await upstream.close()
  await rm(folder, { recursive: true })
})

/** The section's blocks, with the addresses and the token of this test. */
async function examples(): Promise<string[]> {
  const page = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  const section = page.split(/^## /m).find((part) => part.startsWith('The API by example')) ?? ''
  return [...section.matchAll(/^```bash\n([\s\S]*?)^```$/gm)].map(([, code = '']) =>
    code
      .replace('http://127.0.0.1:8080', gateway.url)
      .replace('https://api.anthropic.com', upstream.url)
      .replace('the-token-it-was-started-with', ADMIN_TOKEN),
  )
}

/** Runs a script; every call of curl that is not answered 2xx ends it. */
function runInBash(script: string): Promise<{ code: number | null; output: string }> {
  const strict = `set -eu -o pipefail\ncurl() { command curl --fail-with-body "$@"; echo; }\n${script}`
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', strict], { cwd: folder })
    let output = ''
    const add = (chunk: Buffer) => {
      output += chunk
    }
    child.stdout.on('data', add)
    child.stderr.on('data', add)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}

/** A request is in the log a moment after its answer; whoever types the examples is slower than that. */
const UNTIL_LOGGED = `until command curl -s "$GATEWAY/api/stats" -H "authorization: Bearer $ADMIN_TOKEN" |
  grep -q '"requests":2'; do sleep 0.1; done\n`

test.runIf(hasTools)('every example is answered, and they tell one story', async () => {
  const blocks = await examples()
  expect(blocks.length).toBe(8)
  const { code, output } = await runInBash(
    blocks.map((block) => (block.includes('/api/stats') ? UNTIL_LOGGED + block : block)).join(''),
  )
  expect(output).not.toContain('"error"')
  expect(code).toBe(0)
  expect(output).toContain(`"messages_url":"${upstream.url}/v1/messages"`)
  expect(output).toContain('"ok":true')
  expect(output).toContain('"display_model":"claude-sonnet-4-5"')
  expect(output).toContain('"model":"claude-sonnet-4-5"')
  expect(output).toContain('event: message_stop')
  expect(output).toMatch(/"input_tokens":\d+\}/)
  expect(output).toContain('"id":"claude-sonnet-4-5"')
  expect(output).toContain('"name":"primary"')
  expect(output).toContain('"state":"disabled"')
  expect(await readFile(join(folder, 'requests.csv'), 'utf8')).toMatch(/^id,request_id,.*\r\n\d+,req_gw_/)
})
