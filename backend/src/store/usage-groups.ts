/** How a value in the sums becomes a group of the statistics: which dimension it is, and what it is called. */
import type { GroupBy } from '@claude-gateway/contract/stats.ts'
import type { Db } from './database.ts'
import { listGatewayKeys } from './gateway-keys.ts'
import type { Dimension } from './usage-reading.ts'

export interface GroupSource {
  readonly dimension: Dimension
  /** Whether each request counts in one group only. */
  readonly isDisjoint: boolean
  /** The groups that a value of the dimension counts in; null is the group of what has none. */
  groupsOf(value: string): readonly (string | null)[]
  /** The values of the dimension that count in any of the groups; undefined: they cannot all be named. */
  valuesOf(groups: readonly (string | null)[]): readonly string[] | undefined
  /** What a group is called; null for what was deleted. */
  nameOf(group: string): string | null
}

export async function groupSource(reports: Db, groupBy: GroupBy): Promise<GroupSource> {
  switch (groupBy) {
    case 'channel':
      return named('channel_id', await readNames(reports, 'channels'))
    case 'key':
      return named('key_id', await readNames(reports, 'gateway_keys'))
    case 'key_tag':
      return tagsOfKeys(await listGatewayKeys(reports))
    case 'tag':
      return { ...plain('tag'), isDisjoint: false }
    default:
      return plain(groupBy)
  }
}

/** How "none" is written in a column. */
const NONE: Readonly<Record<Dimension, string>> = {
  channel_id: '0',
  key_id: '0',
  model: '',
  tag: '',
  outcome: '',
}

const plain = (dimension: Dimension): GroupSource => ({
  dimension,
  isDisjoint: true,
  groupsOf: (value) => [value === NONE[dimension] ? null : value],
  valuesOf: (groups) => groups.map((group) => group ?? NONE[dimension]),
  nameOf: (group) => group,
})

const named = (dimension: Dimension, names: ReadonlyMap<string, string>): GroupSource => ({
  ...plain(dimension),
  nameOf: (group) => names.get(group) ?? null,
})

async function readNames(db: Db, table: 'channels' | 'gateway_keys'): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom(table).select(['id', 'name']).execute()
  return new Map(rows.map(({ id, name }) => [String(id), name]))
}

/** Tags are those that the keys have now: what is regrouped is regrouped for all time. */
function tagsOfKeys(keys: readonly { readonly id: number; readonly tags: readonly string[] }[]): GroupSource {
  const tags = new Map(keys.map((key) => [String(key.id), key.tags]))
  const groupsOf = (value: string): readonly (string | null)[] => {
    const own = tags.get(value) ?? []
    return own.length === 0 ? [null] : own
  }
  return {
    ...plain('key_id'),
    isDisjoint: false,
    groupsOf,
    valuesOf: (groups) => {
      // Also keys that were deleted are without tags.
      if (groups.includes(null)) return undefined
      const wanted = new Set(groups)
      return [...tags.keys()].filter((id) => groupsOf(id).some((group) => wanted.has(group)))
    },
  }
}
