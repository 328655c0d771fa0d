/** Errors of connections that do not come about, in the terms of `fault.ts`. */

/** As the kernel would say it, had it kept the time. */
export function connectTimedOut(cause?: Error): Error {
  return Object.assign(new Error('no connection in time', { cause }), { code: 'ETIMEDOUT' })
}

/** Where several addresses were tried and one of them stayed silent, the silence is what there is to tell. */
export function plainConnectError(error: Error): Error {
  const isSlow = error instanceof AggregateError && error.errors.some((inner) => inner?.code === 'ETIMEDOUT')
  return isSlow ? connectTimedOut(error) : error
}
