/** The block that points Claude Code at this gateway, for the shell or for settings.json, with what else can be set. */
import { Checkbox, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './claude-code-block.module.css'
import { CLAUDE_CODE_OPTIONS, type ClaudeCodeOption, claudeCodeSetup } from './claude-code-setup.ts'
import { CopyBlock } from './copy-block.tsx'

const OPTIONS = Object.keys(CLAUDE_CODE_OPTIONS) as ClaudeCodeOption[]
const FORMS = ['shell', 'settings'] as const

/** @param secret the key to put in; a stand-in for it where nobody knows it any more */
export function ClaudeCodeBlock({ secret }: { secret: string }) {
  const { t } = useTranslation()
  const [form, setForm] = useState<(typeof FORMS)[number]>('shell')
  const [chosen, setChosen] = useState<readonly ClaudeCodeOption[]>(['cacheHour', 'discovery'])
  const setup = claudeCodeSetup(window.location.origin, secret, chosen)
  return (
    <div className={styles['block']}>
      <Segmented
        size="small"
        aria-label={t('claudeCode.form')}
        options={FORMS.map((value) => ({ value, label: t(`claudeCode.forms.${value}`) }))}
        value={form}
        onChange={setForm}
      />
      <CopyBlock label={t(`claudeCode.places.${form}`)} text={setup[form]} />
      <ul className={styles['options']}>
        {OPTIONS.map((option) => (
          <li key={option}>
            <Checkbox
              checked={chosen.includes(option)}
              onChange={({ target }) =>
                setChosen(OPTIONS.filter((one) => (one === option ? target.checked : chosen.includes(one))))
              }
            >
              <span>{t(`claudeCode.options.${option}.name`)}</span>
              <small>{t(`claudeCode.options.${option}.hint`)}</small>
            </Checkbox>
          </li>
        ))}
      </ul>
    </div>
  )
}
