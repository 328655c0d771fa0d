/** The gateway key that is asked with: pasted, since secrets are stored nowhere, or made for a day. */
import { gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { Button, Input } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../api/use-endpoint.ts'
import { useTell } from '../../components/use-tell.ts'

import styles from './playground-page.module.css'

const DAY_MS = 86_400_000
const TAG = 'playground'

interface KeyFieldProps {
  secret: string
  onChange: (secret: string) => void
}

export function KeyField({ secret, onChange }: KeyFieldProps) {
  const { t } = useTranslation()
  const tell = useTell()
  const id = useId()
  const create = useAction(gatewayKeyEndpoints.create, [gatewayKeyEndpoints.list])
  const make = () => {
    const expires_at_ms = Date.now() + DAY_MS
    const body = { name: t('playground.keyName'), expires_at_ms, tags: [TAG], may_choose_channel: true }
    create.mutate(
      { body },
      {
        onSuccess: ({ key }) => {
          onChange(key)
          tell.done(t('playground.keyMade'))
        },
        onError: tell.failed,
      },
    )
  }
  return (
    <div className={styles['key']}>
      <label htmlFor={id}>{t('playground.key')}</label>
      <div>
        <Input.Password
          id={id}
          autoComplete="off"
          spellCheck={false}
          placeholder="gk-…"
          value={secret}
          onChange={({ target }) => onChange(target.value.trim())}
        />
        <Button loading={create.isPending} onClick={make}>
          {t('playground.makeKey')}
        </Button>
      </div>
      <small>{t('playground.keyHint')}</small>
    </div>
  )
}
