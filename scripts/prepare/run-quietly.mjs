/** Runs a command of a minute or so with one line of progress, and shows what it printed only when it fails. */
import { spawn } from 'node:child_process'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * @param {string} doing what the line says, e.g. "Building the console"
 * @param {readonly string[]} command
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<void>}
 * @throws {Error} with the command's output, without npm's notes on engines, when it fails or is interrupted
 */
export async function runQuietly(doing, [file, ...args], options) {
  const line = progressLine(doing)
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  // Waiting for the child keeps an interrupted run from leaving it behind, at work on files that the next run needs.
  const pass = (signal) => child.kill(signal)
  for (const signal of signals) process.on(signal, pass)
  try {
    const { code, output } = await outcomeOf(child)
    line.end(code === 0)
    if (code !== 0) throw new Error(`${doing} failed (${[file, ...args].join(' ')}: ${code}).\n\n${output}`)
  } finally {
    for (const signal of signals) process.off(signal, pass)
  }
}

function outcomeOf(child) {
  return new Promise((resolve, reject) => {
    const chunks = []
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code: code ?? signal, output: readable(chunks) }))
  })
}

/** npm warns once for each package that this Node is too old for, though it is not the Node that will run them. */
function readable(chunks) {
  const lines = Buffer.concat(chunks).toString().split('\n')
  return lines.filter((line) => !line.includes('EBADENGINE')).join('\n')
}

function progressLine(doing) {
  const start = performance.now()
  const seconds = () => `${Math.round((performance.now() - start) / 1_000)} s`
  const isTerminal = process.stdout.isTTY
  const show = () => process.stdout.write(`\r${doing} … ${seconds()}`)
  const timer = isTerminal ? setInterval(show, 1_000) : undefined
  process.stdout.write(`${doing} …`)
  return {
    end(succeeded) {
      clearInterval(timer)
      process.stdout.write(
        `${isTerminal ? `\r${doing} …` : ''} ${succeeded ? 'done' : 'failed'} (${seconds()})\n`,
      )
    },
  }
}
