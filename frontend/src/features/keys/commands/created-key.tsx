/** The one time a key's secret is shown, ready to be pasted into Claude Code. */

import type { ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import type { gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { Alert, Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { ClaudeCodeBlock } from '../../../components/claude-code-block.tsx'
import { CopyBlock } from '../../../components/copy-block.tsx'
import styles from './created-key.module.css'

export type KeyWithSecret = ResponseOf<typeof gatewayKeyEndpoints.create>

const WIDTH_PX = 580

/** Closed by its button only: a stray click must not lose a secret that nobody can show again. */
export function CreatedKey({ created, onClose }: { created: KeyWithSecret; onClose: () => void }) {
  const { t } = useTranslation()
  const done = (
    <Button type="primary" onClick={onClose}>
      {t('keys.done')}
    </Button>
  )
  return (
    <Modal
      open
      width={WIDTH_PX}
      title={t('keys.readyTitle', { name: created.name })}
      footer={done}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
    >
      <div className={styles['once']}>
        <Alert type="warning" showIcon title={t('keys.once')} />
      </div>
      <CopyBlock label={t('keys.secret')} text={created.key} />
      <h3 className={styles['heading']}>{t('keys.useIt')}</h3>
      <ClaudeCodeBlock secret={created.key} />
    </Modal>
  )
}
