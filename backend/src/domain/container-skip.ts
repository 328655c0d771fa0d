/**
 * Finds the end of long JSON containers sixteen bytes at a time, with the vector instructions of WebAssembly: a
 * conversation of 120 KB in some 20 µs instead of 170. It refuses and accepts what the loop in json-scan.ts does.
 */
import { ROLE } from './byte-roles.ts'
import { MODULE } from './container-skip-module.ts'

/** What is used of it: the language's own, but in no type library that this project takes in. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

interface Skip {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): void }
  /** 1 once a string `"1h"` was met; set it to 0 before. */
  readonly hour: { value: number }
  skip(from: number, to: number): number
}

/** Below this the copy into the module's memory costs more than it saves. */
const LONG_BYTES = 8192
/** What is longer is scanned in place: the module's memory never shrinks. */
const LONGEST_BYTES = 4 * 1024 * 1024

/** The table of roles stands at address 0, the text behind it; a vector may be read past the end of the text. */
const TEXT_AT = ROLE.length
const VECTOR_BYTES = 16
const PAGE_BYTES = 65_536

const { memory, hour, skip } = new WebAssembly.Instance(
  new WebAssembly.Module(Uint8Array.from(atob(MODULE), (character) => character.charCodeAt(0))),
).exports as unknown as Skip

let view = new Uint8Array(memory.buffer)
view.set(ROLE)
/** What stands in the module's memory now. */
let loaded: Buffer | null = null

/** A text in pieces, as it arrived. */
export interface Pieces {
  readonly pieces: readonly Uint8Array[]
  /** In bytes. */
  readonly length: number
  /** In one buffer of its own. */
  whole(): Buffer
}

/**
 * What is done with a text in one piece. It is the module's memory, which the next text is written over: nothing may
 * keep it. `mayHaveHour` tells, once the text is scanned, whether a container that was skipped here may hold the string
 * `"1h"`, the lifetime of a cache mark.
 */
export type Work<Result> = (text: Buffer, mayHaveHour: () => boolean) => Result

/** Does some work during which the containers of the text are skipped here, where its length is worth that. */
export function whileLoaded<Result>(text: Pieces, work: Work<Result>): Result {
  if (text.length < LONG_BYTES || text.length > LONGEST_BYTES) return work(text.whole(), () => true)
  loaded = load(text)
  try {
    return work(loaded, () => hour.value === 1)
  } finally {
    loaded = null
  }
}

/** Puts the pieces together in the module's memory: the one copy that is made of them. */
function load({ pieces, length }: Pieces): Buffer {
  const needed = TEXT_AT + length + VECTOR_BYTES
  if (view.length < needed) {
    memory.grow(Math.ceil((needed - view.length) / PAGE_BYTES))
    view = new Uint8Array(memory.buffer)
  }
  let at = TEXT_AT
  for (const piece of pieces) {
    view.set(piece, at)
    at += piece.length
  }
  hour.value = 0
  return Buffer.from(memory.buffer, TEXT_AT, length)
}

export const isLoaded = (text: Uint8Array): boolean => loaded === text

/**
 * @param from where the container of the loaded text opens.
 * @returns where it has ended, or -1 when it does not end before `to` or holds what is no JSON.
 */
export function skipLoaded(from: number, to: number): number {
  const end = skip(TEXT_AT + from, TEXT_AT + to)
  return end === -1 ? -1 : end - TEXT_AT
}
