/** Reads server-sent events off a response: the data of each, as JSON. */

function parse(frame: string): unknown {
  const data = frame
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice('data:'.length).trimStart())
    .join('\n')
  try {
    return JSON.parse(data)
  } catch {
    // A comment, or an event whose data is no JSON: there is nothing to show of it.
    return undefined
  }
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html: an empty line ends an event. */
export async function* sseData(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<unknown> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    while (true) {
      const { done, value } = await reader.read()
      if (done) return
      // A carriage return at the end may be half of a line's end.
      rest = (rest + value).replaceAll('\r\n', '\n')
      const frames = rest.split('\n\n')
      rest = frames.pop() ?? ''
      for (const frame of frames) {
        const data = parse(frame)
        if (data !== undefined) yield data
      }
    }
  } finally {
    await reader.cancel()
  }
}
