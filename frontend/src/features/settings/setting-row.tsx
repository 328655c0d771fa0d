/** One setting: what it does, what it is, and what it would be if nobody had set it. */
import {
  type SettingsView,
  settingsChangeSchema,
  settingsEndpoints,
} from '@claude-gateway/contract/settings.ts'
import { Button } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../api/use-endpoint.ts'
import { faultsOf } from '../../components/form-faults.ts'
import { SubmitButton } from '../../components/submit-button.tsx'
import { useTell } from '../../components/use-tell.ts'
import { faultWords } from '../../i18n/error-words.ts'
import type { FieldProps } from './setting-fields.tsx'
import styles from './setting-row.module.css'

type Name = keyof SettingsView

interface SettingRowProps<Value> {
  name: Name
  setting: { value: Value; default: Value; is_set: boolean }
  /** A value in words. */
  show: (value: Value) => string
  field: (props: FieldProps<Value>) => ReactNode
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

export function SettingRow<Value>({ name, setting, show, field }: SettingRowProps<Value>) {
  const { t } = useTranslation()
  const id = useId()
  const { draft, edit, fault, isEdited, ...change } = useSetting(name, setting.value)
  return (
    <form
      className={styles['row']}
      onSubmit={(event) => {
        event.preventDefault()
        change.save()
      }}
    >
      <div className={styles['what']}>
        <label htmlFor={id}>{t(`settings.names.${name}`)}</label>
        <p>{t(`settings.effects.${name}`)}</p>
      </div>
      <div className={styles['value']}>
        {field({ id, value: draft, onChange: edit })}
        {fault === null ? null : (
          <p className={styles['fault']} role="alert">
            {fault}
          </p>
        )}
        <div className={styles['foot']}>
          <span>{t('settings.default', { value: show(setting.default) })}</span>
          {setting.is_set && !isEdited ? (
            <Button size="small" type="link" disabled={change.saving} onClick={change.reset}>
              {t('settings.reset')}
            </Button>
          ) : null}
          {isEdited ? (
            <span className={styles['acts']}>
              <Button size="small" onClick={change.drop}>
                {t('act.cancel')}
              </Button>
              <SubmitButton size="small" submitting={change.saving} disabled={fault !== null}>
                {t('act.save')}
              </SubmitButton>
            </span>
          ) : null}
        </div>
      </div>
    </form>
  )
}

/** What was typed stays until it is saved or dropped, whatever is read meanwhile. */
function useSetting<Value>(name: Name, value: Value) {
  const { t } = useTranslation()
  const tell = useTell()
  const [typed, setTyped] = useState<{ value: Value } | null>(null)
  const change = useAction(settingsEndpoints.change, [settingsEndpoints.read])
  const draft = typed === null ? value : typed.value
  const isEdited = typed !== null && !same(typed.value, value)
  const found = isEdited ? faultsOf(settingsChangeSchema.safeParse({ [name]: draft })).get(name) : undefined
  const send = (wanted: Value | null) =>
    change.mutate(
      { body: { [name]: wanted } },
      {
        onSuccess: () => {
          setTyped(null)
          tell.done(t('act.saved'))
        },
        onError: tell.failed,
      },
    )
  return {
    draft,
    isEdited,
    fault: found === undefined ? null : faultWords(t, found),
    saving: change.isPending,
    edit: (next: Value) => setTyped({ value: next }),
    drop: () => setTyped(null),
    save: () => isEdited && found === undefined && send(draft),
    reset: () => send(null),
  }
}
