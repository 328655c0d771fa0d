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
let loaded: Uint8Array | null = null

/**
 * Does some work during which the containers of `text` are skipped here, where its length is worth that.
 *
 * @returns whether a skipped container may hold the string `"1h"`: the lifetime of a cache mark.
 */
export function whileLoaded(text: Uint8Array, work: () => void): boolean {
  if (text.length < LONG_BYTES || text.length > LONGEST_BYTES) {
    work()
    return true
  }
  load(text)
  try {
    work()
  } finally {
    loaded = null
  }
  return hour.value === 1
}

function load(text: Uint8Array): void {
  const needed = TEXT_AT + text.length + VECTOR_BYTES
  if (view.length < needed) {
    memory.grow(Math.ceil((needed - view.length) / PAGE_BYTES))
    view = new Uint8Array(memory.buffer)
  }
  view.set(text, TEXT_AT)
  hour.value = 0
  loaded = text
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
