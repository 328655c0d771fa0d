/** What was asked and answered, where it is kept; fetched only on demand, since every reading is audited. */
import { type CapturedBodiesView, capturedBodiesEndpoints } from '@claude-gateway/contract/captured-bodies.ts'
import { requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import { QueryView } from '../../../components/query-view.tsx'
import { useConfirmDelete } from '../../../components/use-confirm-delete.ts'
import { useFormats } from '../../../i18n/use-formats.ts'
import styles from './bodies.module.css'
import { BodyText } from './body-text.tsx'

export function Bodies({ id }: { id: number }) {
  const { t } = useTranslation()
  const [isShown, show] = useState(false)
  const { data } = useEndpoint(requestLogEndpoints.get, { params: { id } })
  if (isShown) return <Fetched id={id} />
  if (!data?.has_bodies) return <p className={styles['none']}>{data ? t('bodies.none') : '…'}</p>
  return (
    <div className={styles['ask']}>
      <Button onClick={() => show(true)}>{t('bodies.show')}</Button>
      <span>{t('bodies.audited')}</span>
    </div>
  )
}

function Fetched({ id }: { id: number }) {
  const bodies = useEndpoint(capturedBodiesEndpoints.read, { params: { id } })
  return <QueryView query={bodies}>{(found) => <Shown id={id} bodies={found} />}</QueryView>
}

function Shown({ id, bodies }: { id: number; bodies: CapturedBodiesView }) {
  const { t } = useTranslation()
  const { dateTime } = useFormats()
  const remove = useConfirmDelete(capturedBodiesEndpoints.remove, [
    requestLogEndpoints.get,
    capturedBodiesEndpoints.read,
  ])
  return (
    <>
      <BodyText title={t('bodies.request')} body={bodies.request} />
      <BodyText title={t('bodies.response')} body={bodies.response} />
      <div className={styles['ask']}>
        <span>{t('bodies.expires', { when: dateTime(bodies.expires_at_ms) })}</span>
        <Button
          size="small"
          danger
          onClick={() =>
            remove({ params: { id } }, { title: t('bodies.deleteTitle'), hint: t('bodies.deleteHint') })
          }
        >
          {t('act.delete')}
        </Button>
      </div>
    </>
  )
}
