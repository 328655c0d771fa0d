/** One key: how it stands, what it uses of its limits, what it spent on what, its sessions, its invoices. */
import { idSchema } from '@claude-gateway/contract/common.ts'
import { type GatewayKeyView, gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { LinkButton } from '../../components/link-button.tsx'
import { Notice } from '../../components/notice.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { KeyHead } from './detail/key-head.tsx'
import { KeyInvoice } from './detail/key-invoice.tsx'
import { KeyLimits } from './detail/key-limits.tsx'
import { KeySessions } from './detail/key-sessions.tsx'
import { KeySettings } from './detail/key-settings.tsx'
import { KeyUsage } from './detail/key-usage.tsx'
import styles from './key-page.module.css'
import { KeyPanels } from './key-panels.tsx'

const EVERY_MS = 5000

export function KeyPage() {
  const id = idSchema.safeParse(useParams()['id'])
  return id.success ? <KeyOf key={id.data} id={id.data} /> : <NoKey />
}

function KeyOf({ id }: { id: number }) {
  const key = useEndpoint(gatewayKeyEndpoints.get, { params: { id } }, { everyMs: EVERY_MS })
  if (key.error?.status === 404) return <NoKey />
  return <QueryView query={key}>{(data) => <Shown gatewayKey={data} />}</QueryView>
}

function Shown({ gatewayKey }: { gatewayKey: GatewayKeyView }) {
  const go = useNavigate()
  return (
    <>
      <KeyHead gatewayKey={gatewayKey} />
      <div className={styles['sections']}>
        <div className={styles['pair']}>
          <KeyLimits gatewayKey={gatewayKey} />
          <KeySettings gatewayKey={gatewayKey} />
        </div>
        <KeyUsage gatewayKey={gatewayKey} />
        <div className={styles['pair']}>
          <KeySessions id={gatewayKey.id} />
          <KeyInvoice gatewayKey={gatewayKey} />
        </div>
      </div>
      <KeyPanels keys={[gatewayKey]} onDeleted={() => void go('/keys', { replace: true })} />
    </>
  )
}

function NoKey() {
  const { t } = useTranslation()
  const action = <LinkButton to="/keys">{t('keys.toList')}</LinkButton>
  return <Notice title={t('keys.gone')} hint={t('keys.goneHint')} action={action} />
}
