/** Fetches a CSV piece by piece, so that one sees how far it is, and gives it to the browser as a file. */
import { useEffect, useRef, useState } from 'react'

export type DownloadState = 'idle' | 'running' | 'done' | 'failed'

/** How often the bar moves, at most. */
const TELL_EVERY_MS = 120
const LINE_FEED = 10

interface Target {
  write(chunk: Uint8Array<ArrayBuffer>): Promise<void> | void
  finish(): Promise<void> | void
}

interface SavePicker {
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<{
    createWritable(): Promise<
      WritableStream<Uint8Array> & { write(chunk: Uint8Array): Promise<void>; close(): Promise<void> }
    >
  }>
}

const nameOf = (what: string): string => `${what}-${new Date().toISOString().slice(0, 10)}.csv`

/** Kept in memory and handed over at the end. */
function blobTarget(fileName: string): Target {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  return {
    write: (chunk) => void chunks.push(chunk),
    finish() {
      const link = document.createElement('a')
      link.href = URL.createObjectURL(new Blob(chunks, { type: 'text/csv' }))
      link.download = fileName
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
    },
  }
}

/** Written straight to the disk where the browser can do that and somebody chose a place; a long log is large. */
async function targetFor(fileName: string, isLarge: boolean): Promise<Target> {
  const { showSaveFilePicker } = window as SavePicker
  if (!showSaveFilePicker || !isLarge) return blobTarget(fileName)
  const file = await showSaveFilePicker.call(window, { suggestedName: fileName })
  const writable = await file.createWritable()
  return { write: (chunk) => writable.write(chunk), finish: () => writable.close() }
}

function linesIn(chunk: Uint8Array): number {
  let lines = 0
  for (const byte of chunk) if (byte === LINE_FEED) lines += 1
  return lines
}

export function useDownload() {
  const [state, setState] = useState<DownloadState>('idle')
  const [lines, setLines] = useState(0)
  const life = useRef(new AbortController())
  useEffect(() => () => life.current.abort(), [])

  async function pour(address: string, target: Target): Promise<void> {
    const response = await fetch(address, { credentials: 'same-origin', signal: life.current.signal })
    if (!response.ok || response.body === null) throw new Error(`The export answered ${response.status}.`)
    // The heading is no row.
    let read = -1
    let toldAtMs = 0
    const reader = response.body.getReader()
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      await target.write(piece.value)
      read += linesIn(piece.value)
      if (performance.now() - toldAtMs < TELL_EVERY_MS) continue
      toldAtMs = performance.now()
      setLines(Math.max(0, read))
    }
    await target.finish()
    setLines(Math.max(0, read))
  }

  async function start(address: string, what: string, isLarge = false): Promise<void> {
    life.current = new AbortController()
    setLines(0)
    try {
      const target = await targetFor(nameOf(what), isLarge)
      setState('running')
      await pour(address, target)
      setState('done')
    } catch (failure) {
      const isOurs = failure instanceof DOMException && failure.name === 'AbortError'
      setState(isOurs ? 'idle' : 'failed')
    }
  }

  return { state, lines, start, cancel: () => life.current.abort() }
}
