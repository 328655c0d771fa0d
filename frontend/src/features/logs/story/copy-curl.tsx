/** Copies a command that sends the request again, as far as it is known. */

import { type CapturedBodiesView, capturedBodiesEndpoints } from '@claude-gateway/contract/captured-bodies.ts'
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { keyOf } from '../../../api/use-endpoint.ts'
import { useTell } from '../../../components/use-tell.ts'
import { curlFor } from './curl.ts'

export function CopyCurl({ request }: { request: RequestLogView }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const tell = useTell()
  const copy = async () => {
    // Only what has been looked at already: every reading of bodies is audited.
    const call = { params: { id: request.id } }
    const bodies = queries.getQueryData<CapturedBodiesView>(keyOf(capturedBodiesEndpoints.read, call))
    const body = bodies && !bodies.request.cut ? bodies.request.text : null
    const command = curlFor(request, window.location.origin, body)
    try {
      await navigator.clipboard.writeText(command)
      tell.done(t(body === null ? 'curl.copiedShort' : 'curl.copied'))
    } catch {
      window.prompt(t('curl.byHand'), command)
    }
  }
  return (
    <Button size="small" onClick={() => void copy()}>
      {t('curl.copy')}
    </Button>
  )
}
