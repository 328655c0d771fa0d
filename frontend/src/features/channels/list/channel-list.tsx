/** Tiers of channels down a rail: a larger priority stands higher and is tried sooner. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import type { StatsGroup } from '@claude-gateway/contract/stats.ts'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../i18n/use-formats.ts'
import styles from './channel-list.module.css'
import { changesFor, isSamePlace, type Place, placeOf } from './channel-order.ts'
import { ChannelRow } from './channel-row.tsx'
import { type Tier, tiersOf } from './channel-tiers.ts'
import { MoveNews } from './move-news.tsx'
import { useMoveChannel } from './use-move-channel.ts'
import { useReorder } from './use-reorder.ts'
import type { Selection } from './use-selection.ts'

interface ChannelListProps {
  channels: readonly ChannelView[]
  /** What each channel did today. */
  usage: readonly StatsGroup[]
  selection: Selection
}

export function ChannelList({ channels, usage, selection }: ChannelListProps) {
  const tiers = tiersOf(channels)
  const move = useMoveChannel()
  const moved = useRef<number | null>(null)
  const reorder = useReorder(tiers, (id, place) => {
    const name = channels.find((channel) => channel.id === id)?.name ?? ''
    moved.current = id
    move(name, changesFor(tiers, id, place))
  })
  const { held, listRef } = reorder
  useFocusAfterMove(listRef, moved)
  const usageOf = new Map(usage.map((group) => [group.group, group]))
  const isPlace = (place: Place) =>
    held !== null && isSamePlace(held.place, place) && !isSamePlace(place, placeOf(tiers, held.id))
  const newPriority =
    held && changesFor(tiers, held.id, held.place).find(({ id }) => id === held.id)?.priority
  return (
    <>
      <ol className={styles['tiers']} ref={listRef} data-held={held !== null}>
        {tiers.map((tier) => (
          <li key={tier.priority}>
            {isPlace({ kind: 'above', priority: tier.priority }) ? <Slot priority={newPriority} /> : null}
            <TierHead tier={tier} />
            <ul
              className={styles['channels']}
              data-priority={tier.priority}
              data-joined={isPlace({ kind: 'with', priority: tier.priority })}
            >
              {tier.channels.map((channel) => (
                <ChannelRow
                  key={channel.id}
                  channel={channel}
                  tier={tier}
                  usage={usageOf.get(String(channel.id))}
                  selection={selection}
                  reorder={reorder}
                />
              ))}
            </ul>
            {isPlace({ kind: 'last' }) && tier === tiers.at(-1) ? (
              <Slot priority={newPriority} atEnd />
            ) : null}
          </li>
        ))}
      </ol>
      <MoveNews tiers={tiers} held={held} newPriority={newPriority ?? null} />
    </>
  )
}

/** A row that went to another tier was made anew: its grip gets the focus back. */
function useFocusAfterMove(
  list: React.RefObject<HTMLElement | null>,
  moved: React.RefObject<number | null>,
): void {
  useEffect(() => {
    if (moved.current === null) return
    const grip = list.current?.querySelector<HTMLElement>(`[data-grip="${moved.current}"]`)
    if (document.activeElement !== document.body || !grip) return
    moved.current = null
    grip.focus()
  })
}

/** Where the channel would stand alone. */
function Slot({ priority, atEnd = false }: { priority: number | null | undefined; atEnd?: boolean }) {
  const { t } = useTranslation()
  const { integer } = useFormats()
  return (
    <div className={styles['slot']} data-end={atEnd} aria-hidden="true">
      <span>{t('channels.ownPriority', { priority: integer(priority ?? 0) })}</span>
    </div>
  )
}

function TierHead({ tier }: { tier: Tier }) {
  const { t } = useTranslation()
  const { integer } = useFormats()
  return (
    <h2 className={styles['head']}>
      <span className="visually-hidden">{t('channels.priority')} </span>
      <span className={styles['priority']}>{integer(tier.priority)}</span>
      <span className={styles['turn']}>{t(`channels.turns.${tier.turn}`)}</span>
    </h2>
  )
}
