/** Why the gateway cannot listen where it should, in an operator's words, with what to do about it. */
import { StartFailure } from '../failures.ts'

export interface Place {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
}

// https://nodejs.org/api/errors.html#common-system-errors
const ADVICE: Record<string, string> = {
  EADDRINUSE:
    'another program has that port. Stop it (is it a gateway that still runs?), or set SERVER_PORT to a free one.',
  EACCES: 'the gateway’s user may not open that port. Set SERVER_PORT to one above 1023.',
  EADDRNOTAVAIL:
    'this machine does not have that address. Set HOST to one that it has; 127.0.0.1 always works, and 0.0.0.0 is all of them.',
  ENOTFOUND: 'the host name is not known. Set HOST to an address of this machine, such as 127.0.0.1.',
  EAI_AGAIN: 'the host name cannot be looked up at the moment. Set HOST to an address, such as 127.0.0.1.',
}

/** `error` is what the listening socket reported; anything but a system error is ours and stays as it is. */
export function explainListenFailure({ host, port }: Place, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  const why = ADVICE[String(error.code)] ?? error.message
  return new StartFailure(`The gateway cannot listen on ${host}, port ${port}: ${why}`, { cause: error })
}
