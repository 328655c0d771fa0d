/** Adds up what a re-pricing looked at and changed, and says it in words. */
import type { Repricing } from '@claude-gateway/contract/repricing.ts'
import type { ChargedRequest, NewCharge } from '../store/repricing.ts'
import type { RepricingResult } from './repricing-protocol.ts'

interface Sums {
  rows: number
  rows_changed: number
  old_nano_usd: number
  new_nano_usd: number
}

export class RepricingReport {
  readonly #all = noSums()
  readonly #models = new Map<string, Sums>()
  #tooOld = 0
  #ofDeletedChannels = 0

  /** @param isWritten whether the change was made, or in a preview would be. */
  add(row: ChargedRequest, result: RepricingResult, isWritten: boolean): void {
    this.#all.rows += 1
    if (result.kind === 'too_old') this.#tooOld += 1
    if (result.kind === 'channel_deleted') this.#ofDeletedChannels += 1
    if (result.kind !== 'charged') return
    const model = row.answered_model ?? row.upstream_model ?? ''
    const ofModel = this.#models.get(model) ?? noSums()
    this.#models.set(model, ofModel)
    ofModel.rows += 1
    for (const sums of [this.#all, ofModel]) {
      sums.rows_changed += isWritten ? 1 : 0
      sums.old_nano_usd += row.cost_nano_usd
      sums.new_nano_usd += isWritten ? result.costNanoUsd : row.cost_nano_usd
    }
  }

  result(revision: number, applied: boolean): Repricing {
    const models = [...this.#models].map(([model, sums]) => ({ model, ...sums }))
    const numbers = {
      ...this.#all,
      rows_too_old: this.#tooOld,
      rows_of_deleted_channels: this.#ofDeletedChannels,
    }
    return {
      applied,
      revision,
      ...numbers,
      models: models.sort((one, other) => differenceOf(other) - differenceOf(one)),
      explanation: inWords(numbers, applied),
    }
  }
}

const noSums = (): Sums => ({ rows: 0, rows_changed: 0, old_nano_usd: 0, new_nano_usd: 0 })

const differenceOf = ({ old_nano_usd, new_nano_usd }: Sums): number => Math.abs(new_nano_usd - old_nano_usd)

function inWords(
  numbers: Sums & Pick<Repricing, 'rows_too_old' | 'rows_of_deleted_channels'>,
  applied: boolean,
): string {
  const { rows, rows_changed, rows_too_old, rows_of_deleted_channels } = numbers
  const sentences = [
    `Of ${rows} charged requests ${rows_changed} ${applied ? 'were changed' : 'would change'}.`,
  ]
  if (rows_too_old > 0) {
    sentences.push(
      `${rows_too_old} were left alone: an older version did not store enough to compute them anew.`,
    )
  }
  if (rows_of_deleted_channels > 0) {
    sentences.push(
      `${rows_of_deleted_channels} were left alone: what their channel charged went with it when it was deleted.`,
    )
  }
  return sentences.join(' ')
}

/** For looking up whether a charge was written. */
export const idsOf = (charges: readonly NewCharge[]): ReadonlySet<number> =>
  new Set(charges.map(({ row }) => row.id))
