/** Answers that no API should give and that gateways meet all the same: pages, emptiness, redirects, silence. */
import type { AnswerHeaders, Script } from './answer.ts'
import { standardHeaders } from './response-headers.ts'

/** Any status, headers and body, with nothing added but what Node adds. */
export function rawAnswer(status: number, headers: AnswerHeaders, body: string | Buffer = ''): Script {
  const bytes = Buffer.from(body)
  return { status, headers, body: bytes.length > 0 ? [bytes] : [] }
}

/** An HTML page: a 502 of the edge, or under 200 the sign-in page of some network in between. */
export function htmlPage(status: number): Script {
  const title = status === 200 ? 'Sign in to continue' : `${status}: Bad gateway`
  const page = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`
  return (request) => ({
    status,
    headers: { ...standardHeaders(request, 'text/html; charset=UTF-8'), 'Content-Length': `${page.length}` },
    body: [Buffer.from(page)],
  })
}

/** Status 200 that promises JSON and brings nothing. */
export function emptyBody(): Script {
  return (request) => ({
    status: 200,
    headers: { ...standardHeaders(request, 'application/json'), 'Content-Length': '0' },
    body: [],
  })
}

/** Status 200 that opens an event stream and ends it at once. */
export function emptyStream(): Script {
  return (request) => ({
    status: 200,
    headers: standardHeaders(request, 'text/event-stream; charset=utf-8'),
    body: [],
  })
}

/** A redirect, which a gateway must not follow with a key in its hand. */
export function redirect(status: 301 | 302 | 303 | 307 | 308, location: string): Script {
  return rawAnswer(status, { location, 'content-length': '0' })
}

/** Takes the request and never answers; the socket stays open. */
export function silence(): Script {
  return { status: 200, headers: {}, body: [], ending: { how: 'silence', at: 'before_headers' } }
}

/** Takes the request and closes the connection without a byte, or with a TCP reset. */
export function hangUp(how: 'cut' | 'reset' = 'cut'): Script {
  return { status: 200, headers: {}, body: [], ending: { how, at: 'before_headers' } }
}
