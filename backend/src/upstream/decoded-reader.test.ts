import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { DecodedReader } from './decoded-reader.ts'
import { UpstreamFault } from './fault.ts'

const TEXT = 'event: ping\ndata: {"type": "ping"}\n\n'.repeat(5000)
const whole = Buffer.from(TEXT)

/** Compressed and flushed, but without its end: what had come when the connection broke. */
const BROKEN_OFF: Readonly<Record<string, Buffer>> = {
  gzip: gzipSync(whole, { finishFlush: constants.Z_SYNC_FLUSH }),
  br: brotliCompressSync(whole, { finishFlush: constants.BROTLI_OPERATION_FLUSH }),
  zstd: zstdCompressSync(whole, { finishFlush: constants.ZSTD_e_flush }),
}

function listen(encoding: string) {
  const heard: string[] = []
  const over = Promise.withResolvers<string>()
  const reader = new DecodedReader(
    {
      head: () => undefined,
      data: (chunk) => heard.push(chunk.toString()),
      end: () => over.resolve('end'),
      fail: (fault) => over.resolve(fault.kind),
    },
    (fault) => reader.fail(fault),
  )
  const rawHeaders = ['content-type', 'text/event-stream', 'content-encoding', encoding]
  reader.head({ status: 200, rawHeaders })
  return { reader, heard, over: over.promise }
}

describe('B7, C7: a compressed stream that breaks off', () => {
  test.each(Object.entries(BROKEN_OFF))(
    'what had come of it (%s) is read before its end is told',
    async (name, bytes) => {
      const { reader, heard, over } = listen(name)
      reader.data(bytes)
      reader.fail(new UpstreamFault('failed', 'the connection broke'))
      expect(await over).toBe('failed')
      expect(heard.join('')).toBe(TEXT)
    },
  )

  test('also where its reader had asked for a pause', async () => {
    const { reader, heard, over } = listen('gzip')
    reader.pause()
    reader.data(BROKEN_OFF['gzip'] as Buffer)
    reader.fail(new UpstreamFault('failed', 'the connection broke'))
    expect(await over).toBe('failed')
    expect(heard.join('')).toBe(TEXT)
  })

  test('a client that leaves waits for nothing', async () => {
    const { reader, heard, over } = listen('gzip')
    reader.data(BROKEN_OFF['gzip'] as Buffer)
    reader.fail(new UpstreamFault('failed', 'the connection broke'))
    reader.fail(new UpstreamFault('client_gone', 'the client went away'))
    expect(await over).toBe('client_gone')
    expect(heard).toEqual([])
  })

  test('what cannot be decoded is the fault', async () => {
    const { reader, over } = listen('gzip')
    reader.data(Buffer.from('this is no gzip'))
    expect(await over).toBe('failed')
  })
})
