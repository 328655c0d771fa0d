/** The installation itself: version, storage, retention, backups. */
import type { systemEndpoints } from '@claude-gateway/contract/system.ts'
import { GatewayError } from '../failures.ts'
import { readRetentionRun } from '../store/retention.ts'
import { readStorage } from '../store/storage.ts'
import { audit } from './audit.ts'
import type { HandlersOf } from './handler.ts'

export const systemHandlers: HandlersOf<typeof systemEndpoints> = {
  async read({ store, system, now }) {
    const nowMs = now()
    return {
      version: system.version,
      node_version: system.nodeVersion,
      started_at_ms: system.startedAtMs,
      uptime_ms: Math.max(0, nowMs - system.startedAtMs),
      storage: await readStorage(store, nowMs),
      journal_waiting: system.journalWaiting(),
      last_retention: await readRetentionRun(store.db),
      backups: (await store.backups?.list()) ?? [],
    }
  },

  async backup(context, _input, call) {
    const { backups } = context.store
    if (backups === null) {
      throw new GatewayError(
        'not_supported',
        'This gateway keeps its data in PostgreSQL, whose own tools make backups: run pg_dump with the DATABASE_URL.',
      )
    }
    const backup = await backups.create(context.now())
    if (backup === undefined) {
      throw new GatewayError('conflict', 'A backup is being written at this moment. Wait until it is done.')
    }
    await audit(context, call, 'backup written', { name: backup.name, bytes: backup.bytes })
    return backup
  },
}
