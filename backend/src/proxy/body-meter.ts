/** Reads what a complete answer tells about itself, once its client has it. Contract rule E1. */
import { readFamiliar, type Span } from '../domain/json-scan.ts'
import { tellsFinalOutput, usageFromMessage } from '../domain/usage-reading.ts'
import { writtenCharactersIn } from '../domain/written-text.ts'
import type { Relayed } from './relayed.ts'

/** Where it stands in the answer's JSON; null where it does not. */
export interface ToldInBody {
  model: Span | null
  stopReason: Span | null
  usage: Span | null
  content: Span | null
}

type Metered = Pick<Relayed, 'usage' | 'isUsageFinal' | 'textCharacters' | 'answeredModel' | 'stopReason'>

/** Only where the usage does not tell how much was written is the text itself looked at. Never throws (rule C1). */
export function meterBody(plain: Buffer, { model, stopReason, usage, content }: ToldInBody): Metered {
  const wireUsage = parse(plain, usage)
  const used = usageFromMessage(wireUsage)
  const textCharacters = used.outputTokens > 0 ? 0 : writtenCharactersIn(parse(plain, content))
  return {
    usage: used,
    // False where it does not tell how much was written, as some relays do not.
    isUsageFinal: tellsFinalOutput(wireUsage, textCharacters),
    textCharacters,
    answeredModel: text(plain, model),
    stopReason: text(plain, stopReason),
  }
}

const text = (plain: Buffer, span: Span | null): string | null =>
  span && readFamiliar(plain, span.start, span.end)

function parse(plain: Buffer, span: Span | null): unknown {
  if (span === null) return null
  try {
    return JSON.parse(plain.toString('utf8', span.start, span.end))
  } catch {
    return null
  }
}
