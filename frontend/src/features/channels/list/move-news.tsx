/** Tells screen readers where a held channel would go, and everybody how to move it by keys. */
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../i18n/use-formats.ts'
import { isSamePlace, type Place, placeOf } from './channel-order.ts'
import type { Tier } from './channel-tiers.ts'

interface MoveNewsProps {
  tiers: readonly Tier[]
  held: { readonly id: number; readonly place: Place } | null
  /** The priority it would get. */
  newPriority: number | null
}

export function MoveNews({ tiers, held, newPriority }: MoveNewsProps) {
  const { t } = useTranslation()
  const { integer } = useFormats()
  const words = (): string => {
    if (!held) return ''
    const channels = tiers.flatMap((tier) => tier.channels)
    const name = channels.find(({ id }) => id === held.id)?.name ?? ''
    if (isSamePlace(held.place, placeOf(tiers, held.id))) return t('channels.lifted', { name })
    const priority = integer(newPriority ?? 0)
    if (held.place.kind !== 'with') return t('channels.toOwn', { name, priority })
    const peers = tiers.find((tier) => tier.priority === newPriority)?.channels.map((one) => one.name)
    return t('channels.toJoin', { name, priority, peers: peers?.join(', ') ?? '' })
  }
  return (
    <>
      <p className="visually-hidden" id="move-hint">
        {t('channels.moveHint')}
      </p>
      <p className="visually-hidden" role="status">
        {words()}
      </p>
    </>
  )
}
