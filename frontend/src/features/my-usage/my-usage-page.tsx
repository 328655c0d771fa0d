/** For those who hold a key: what it has used and may still use. Signed in with that key only. */
import { meEndpoints } from '@claude-gateway/contract/me.ts'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../../api/api-error.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { QueryView } from '../../components/query-view.tsx'
import { HolderClient } from './holder-client.tsx'
import { KeyForm } from './key-form.tsx'
import { useOwnKey } from './own-key.ts'
import { UsageSheets } from './usage-sheets.tsx'

const EVERY_MS = 15_000

export function MyUsagePage() {
  const { secret, show, forget } = useOwnKey()
  if (secret === null) return <KeyForm refusal={null} onShow={show} />
  return (
    <HolderClient key={secret} secret={secret}>
      <Answered onShow={show} onForget={forget} />
    </HolderClient>
  )
}

interface AnsweredProps {
  onShow: (secret: string, keep: boolean) => void
  onForget: () => void
}

function Answered({ onShow, onForget }: AnsweredProps) {
  const wordsOf = useRefusal()
  const usage = useEndpoint(meEndpoints.usage, {}, { everyMs: EVERY_MS })
  const refusal = usage.error && !usage.error.mayPass ? wordsOf(usage.error) : null
  if (refusal !== null)
    return <KeyForm refusal={refusal} onShow={onShow} onRetry={() => void usage.refetch()} />
  return <QueryView query={usage}>{(found) => <UsageSheets usage={found} onForget={onForget} />}</QueryView>
}

const REFUSALS = [
  'unauthenticated',
  'key_disabled',
  'key_expired',
  'address_not_allowed',
  'too_many_sign_ins',
] as const

function useRefusal(): (error: ApiError) => string {
  const { t } = useTranslation()
  return ({ code, message }) => {
    const known = REFUSALS.find((one) => one === code)
    return known === undefined ? message : t(`myUsage.refused.${known}`)
  }
}
