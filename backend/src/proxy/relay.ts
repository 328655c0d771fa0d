/** Passes an answer back to the client, as it comes, and counts as it goes by. Contract section C. */
import { endOfTurn } from '../upstream/end-of-turn.ts'
import { secretsOf } from '../upstream/mask.ts'
import { withoutHeaders } from '../upstream/response-headers.ts'
import type { PassedError } from './answer-failure.ts'
import { meterBody } from './body-meter.ts'
import { type ToldLimits, writeHead } from './client-answer.ts'
import type { ClientCall } from './client-call.ts'
import type { ProvedBody } from './proof.ts'
import type { Relayed, RelayTimes } from './relayed.ts'
import { restoreInBody } from './restore-model.ts'
import { StreamRelay } from './stream-relay.ts'
import type { Answered } from './try-in-turn.ts'

interface RelayTerms {
  /** The model as the client named it. */
  readonly asked: string
  readonly times: RelayTimes
  readonly limits: ToldLimits
}

/** Resolves when the client has the last byte or is gone. */
export async function relay(
  call: ClientCall,
  answered: Answered,
  { asked, times, limits }: RelayTerms,
): Promise<Relayed> {
  const { proof, candidate, exchange } = answered
  // Rule B9: where the upstream was asked for another name, the client reads the one it asked for.
  const restoreModel = candidate.upstreamModel === asked ? null : asked
  await endOfTurn()
  if (proof.kind === 'body') return relayBody(call, proof, { restoreModel, limits })
  writeHead(call, proof.head, { bodyBytes: null, limits })
  const source = { exchange, restoreModel, secrets: secretsOf(candidate.channel) }
  return new StreamRelay(call, source, times).run(proof)
}

interface BodyTerms {
  readonly restoreModel: string | null
  readonly limits: ToldLimits
}

async function relayBody(
  call: ClientCall,
  proof: ProvedBody,
  { restoreModel, limits }: BodyTerms,
): Promise<Relayed> {
  const { head, body } = restoreModel === null ? proof : restored(proof, restoreModel)
  if (!call.presence.hasLeft) {
    writeHead(call, head, { bodyBytes: body.length, limits })
    call.response.end(body)
    await call.response.over()
  }
  return {
    // First, since a part that is spread anywhere else is copied field by field.
    ...meterBody(proof.plain, proof.told),
    ending: call.presence.hasLeft ? 'client_gone' : 'complete',
    status: head.status,
    fault: null,
  }
}

/** A compressed answer is sent plain where its model's name has to be changed. */
function restored({ head, plain }: ProvedBody, model: string): Pick<ProvedBody, 'head' | 'body'> {
  const rawHeaders = withoutHeaders(head.rawHeaders, ['content-encoding'])
  return { head: { status: head.status, rawHeaders }, body: restoreInBody(plain, model) }
}

/** An upstream's own error, unmodified. Contract rule C3. */
export async function passError(call: ClientCall, { head, body }: PassedError): Promise<void> {
  if (call.presence.hasLeft) return
  writeHead(call, head, { bodyBytes: body.length, limits: 'none' })
  call.response.end(body)
  await call.response.over()
}
