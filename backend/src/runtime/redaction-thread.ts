/** The thread in which bodies are redacted: a task comes in, the bodies as they are to be kept go out, in order. */
import { parentPort } from 'node:worker_threads'
import { type RedactionTask, redactBodies } from './redaction.ts'

const port = parentPort
port?.on('message', (task: RedactionTask) => {
  try {
    port.postMessage({ bodies: redactBodies(task) })
  } catch (cause) {
    // Without the cause's text, which may quote what it failed at.
    port.postMessage({ fault: cause instanceof Error ? cause.name : 'unknown' })
  }
})
