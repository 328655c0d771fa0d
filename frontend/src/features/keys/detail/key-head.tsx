/** The head of a key's page: its name and state, and what can be done to it. */
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { DetailHead } from '../../../components/detail-head.tsx'
import { StateDot } from '../../../components/state-dot.tsx'
import { usePanel } from '../../../components/use-panel.ts'
import { useFormats } from '../../../i18n/use-formats.ts'
import { KeyMenu } from '../commands/key-menu.tsx'
import { KeySwitch } from '../commands/key-switch.tsx'
import { STATE_TONES, stateOfKey } from '../list/key-state.ts'
import styles from './key-head.module.css'
import { useStateReason } from './use-state-reason.ts'

export function KeyHead({ gatewayKey }: { gatewayKey: GatewayKeyView }) {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const [edit, rotate] = [usePanel('edit'), usePanel('rotate')]
  const { id, name, key_hint, tags, previous_key_until_ms: overlap } = gatewayKey
  const now = Date.now()
  const state = stateOfKey(gatewayKey, now)
  const reason = useStateReason()(gatewayKey, state)
  return (
    <DetailHead
      back={{ to: '/keys', label: t('keys.title') }}
      title={name}
      beside={
        <>
          <StateDot tone={STATE_TONES[state]}>{t(`keys.states.${state}`)}</StateDot>
          <code className={styles['hint']}>{key_hint}</code>
          {tags.map((tag) => (
            <Link key={tag} className={styles['tag']} to={`/keys?tag=${encodeURIComponent(tag)}`}>
              {tag}
            </Link>
          ))}
        </>
      }
      actions={
        <>
          <KeySwitch of={gatewayKey} />
          <Button onClick={() => rotate.open(id)}>{t('keys.rotate')}</Button>
          <Button onClick={() => edit.open(id)}>{t('act.edit')}</Button>
          <KeyMenu of={gatewayKey} without={['open', 'edit', 'rotate']} size="middle" />
        </>
      }
    >
      {reason === null ? null : (
        <Alert
          className={styles['note'] ?? ''}
          type={state === 'exhausted' ? 'error' : 'warning'}
          showIcon
          title={reason}
        />
      )}
      {overlap !== null && overlap > now ? (
        <Alert
          className={styles['note'] ?? ''}
          type="info"
          showIcon
          title={t('keys.overlap', { time: moment(overlap, now) })}
        />
      ) : null}
    </DetailHead>
  )
}
