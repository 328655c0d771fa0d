/** What `npm test` runs: the checks of the source, then all tests; the last line counts both together. */
// Arguments go to vitest, and the checks of the source are left out: `npm test -- backend/test/proxy -t abort`.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Counts {
  passed: number
  failed: number
  skipped: number
}

/** The part that we read of the report that vitest writes in Jest's format. */
interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

const root = join(import.meta.dirname, '..')

/** Scripts of package.json, each of which can be run alone with `npm run`. The browser tests need what `build` makes. */
const build = ['build']
const checks = [...build, 'lint', 'types', 'types:console', 'imports', 'dead-code']

/** Runs Node to its end. What cannot be started, or was ended by a signal, has failed like anything else. */
function runNode(
  args: readonly string[],
  stdio: 'inherit' | 'pipe',
): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', stdio, stdio] })
    let output = ''
    const add = (text: string) => {
      output += text
    }
    child.stdout?.setEncoding('utf8').on('data', add)
    child.stderr?.setEncoding('utf8').on('data', add)
    child.on('error', (error) => resolve({ ok: false, output: String(error) }))
    child.on('close', (code) => resolve({ ok: code === 0, output }))
  })
}

/** Each check counts as one test. They run side by side, so that none hides another and the wait is short. */
async function runChecks(scripts: readonly string[]): Promise<Counts> {
  const results = await Promise.all(
    scripts.map(async (script) => {
      const start = performance.now()
      const { ok, output } = await runNode(['--run', script], 'pipe')
      console.log(`${ok ? '✓' : '✗'} ${script} (${((performance.now() - start) / 1_000).toFixed(1)} s)`)
      if (!ok) console.log(`${output.trimEnd()}\n`)
      return ok
    }),
  )
  const passed = results.filter((ok) => ok).length
  return { passed, failed: results.length - passed, skipped: 0 }
}

async function runTests(args: readonly string[]): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'check-'))
  const file = join(folder, 'vitest.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const { ok } = await runNode([vitest, 'run', ...reporters, ...args], 'inherit')
    return countTests(ok, existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function countTests(ok: boolean, report: VitestReport | undefined): Counts {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 }
  // A file that does not load, or whose set-up fails, has failed although none of its tests did.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  )
  const passed = report.numPassedTests
  const failed = report.numFailedTests + broken.length
  const skipped = report.numPendingTests + report.numTodoTests
  // Vitest also fails on what belongs to no test, such as an error thrown after the last one; and a run that tested
  // nothing must not look like one that found nothing wrong.
  const failedAsAWhole = failed === 0 && (!ok || passed === 0)
  return { passed, failed: failedAsAWhole ? 1 : failed, skipped }
}

const focus = process.argv.slice(2)
const parts = [await runChecks(focus.length > 0 ? build : checks), await runTests(focus)]
const sum = (pick: (counts: Counts) => number) => parts.reduce((total, counts) => total + pick(counts), 0)
const failed = sum((counts) => counts.failed)
const skipped = sum((counts) => counts.skipped)

console.log(
  `\n${sum((counts) => counts.passed)} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
)
process.exitCode = failed > 0 ? 1 : 0
