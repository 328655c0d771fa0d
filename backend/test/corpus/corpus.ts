/**
 * The corpus: answers as Anthropic and its relays send them, in `answers/`, each with the invoice that it must come to,
 * worked out by hand from the published prices; `how` in the invoice says how. `*.sse` are streams, `*.json` messages.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'

const FOLDER = new URL('answers/', import.meta.url)
const INVOICE = '.invoice.json'

const invoiceSchema = z.strictObject({
  /** How the figures were worked out. */
  how: z.array(z.string().min(10)).min(1),
  /** The model that the upstream is asked for. */
  asked: z.string(),
  /** The model that the upstream names, where it is another one. */
  answered_model: z.string().nullable(),
  /** `cut`: the connection breaks behind the last byte. */
  ending: z.enum(['whole', 'cut']),
  outcome: z.enum(['completed', 'refused', 'truncated']),
  stop_reason: z.string().nullable(),
  rate: z.enum(['standard', 'fast', 'long_prompt']),
  multiplier: z.number(),
  /** Kind, model, iteration, quantity, list price of a million tokens or a thousand searches, amount; in nano-dollars. */
  lines: z.array(z.tuple([z.string(), z.string(), z.string().nullable(), z.int(), z.int(), z.int()])),
  total_nano_usd: z.int(),
  estimated: z.boolean(),
})
export type ExpectedInvoice = z.output<typeof invoiceSchema>

export interface CorpusAnswer {
  readonly name: string
  readonly isStream: boolean
  readonly bytes: Buffer
  readonly invoice: ExpectedInvoice
}

/** Every answer of the corpus, by name. */
export const corpus: readonly CorpusAnswer[] = readdirSync(FOLDER)
  .filter((file) => !file.endsWith(INVOICE))
  .map(readCorpusAnswer)

function readCorpusAnswer(file: string): CorpusAnswer {
  const name = file.replace(/\.\w+$/, '')
  const invoice: unknown = JSON.parse(readFileSync(new URL(name + INVOICE, FOLDER), 'utf8'))
  return {
    name,
    isStream: file.endsWith('.sse'),
    bytes: readFileSync(new URL(file, FOLDER)),
    invoice: invoiceSchema.parse(invoice),
  }
}

/** Lines of an invoice as the corpus writes them. */
export function linesOf(
  lines: readonly {
    kind: string
    model: string
    iteration: string | null
    quantity: number
    unit_price_nano_usd: number
    amount_nano_usd: number
  }[],
): ExpectedInvoice['lines'] {
  return lines.map((line) => [
    line.kind,
    line.model,
    line.iteration,
    line.quantity,
    line.unit_price_nano_usd,
    line.amount_nano_usd,
  ])
}

/** The bytes of a stream with the other line end that Anthropic's relays use. */
export function withCrlf(stream: Buffer): Buffer {
  return Buffer.from(stream.toString('utf8').replaceAll('\n', '\r\n'))
}
