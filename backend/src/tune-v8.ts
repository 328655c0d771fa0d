/** Tells V8 what it cannot guess of a gateway: its buffers are gone in milliseconds, and after every pause comes the same work. */
import { setFlagsFromString } from 'node:v8'

/** To be called before anything is compiled that is to last. */
export function tuneV8(): void {
  setFlagsFromString('--heap-growing-percent=150')
  // Other generations of V8 have other names for these, or do so by themselves, and complain of a flag they do not know.
  if (!process.versions.v8.startsWith('13.')) return
  letBuffersPass()
  keepOptimisedCode()
}

/**
 * By default V8 marks its whole heap for every 64 MB that arrive in buffers, which live for milliseconds here: with
 * bodies of a megabyte that was half of all work. Counted as part of a heap that may grow to 2.5 times what lives in
 * it, they go with the young objects that hold them.
 */
function letBuffersPass(): void {
  setFlagsFromString('--external-memory-accounted-in-global-limit')
}

/**
 * When nothing was asked for some seconds V8 collects twice what it can, and lets go of every shape of which there is no
 * object just then: those of requests, all of them. The code that was compiled for them goes too, and the next ten
 * thousands of requests took half as long again. It still collects, but keeps such shapes over as many collections as
 * some days of rest bring, and does not move the few objects of a gateway at rest together.
 */
function keepOptimisedCode(): void {
  setFlagsFromString('--no-memory-reducer-favors-memory')
  setFlagsFromString('--retain-maps-for-n-gc=10000')
}
