/** What each channel charges, by the configuration in force. */
import type { Tariff } from '../domain/charge.ts'
import type { Snapshot } from './snapshot.ts'

const LIST_PRICE_MILLIONTHS = 1_000_000

/** A channel that has been deleted meanwhile charges the list price. */
export const tariffsOf =
  ({ channels, pricesOf }: Pick<Snapshot, 'channels' | 'pricesOf'>) =>
  (channelId: number): Tariff => {
    const channel = channels.find(({ id }) => id === channelId)
    return {
      prices: pricesOf(channelId),
      multiplierMillionths: channel?.costMultiplierMillionths ?? LIST_PRICE_MILLIONTHS,
    }
  }
