/** The prompts of a session: how much each set in motion. */
import type { SessionDetail } from '@claude-gateway/contract/session.ts'
import { useTranslation } from 'react-i18next'
import { Section } from '../../../components/section.tsx'
import { ShareBar } from '../../../components/share-bar.tsx'
import { useFormats } from '../../../i18n/use-formats.ts'
import { useSessionFocus } from '../session-focus.ts'
import styles from './session-tables.module.css'

export function PromptList({ session: { prompts, prompts_left_out: leftOut } }: { session: SessionDetail }) {
  const { t } = useTranslation()
  const { integer, cost, duration, moment } = useFormats()
  const focus = useSessionFocus()
  const most = Math.max(1, ...prompts.map(({ cost_nano_usd }) => cost_nano_usd))
  return (
    <Section title={t('session.prompts', { number: integer(prompts.length + leftOut) })}>
      {prompts.length === 0 ? <p className={styles['note']}>{t('session.noPrompts')}</p> : null}
      <ol className={styles['prompts']} start={leftOut + 1}>
        {prompts.map((prompt, index) => (
          <li key={prompt.prompt_id} data-chosen={focus.prompt === prompt.prompt_id}>
            <div className={styles['line']}>
              <button
                type="button"
                className={styles['pick']}
                aria-pressed={focus.prompt === prompt.prompt_id}
                title={prompt.prompt_id}
                onClick={() => focus.lookAt('prompt', prompt.prompt_id)}
              >
                {t('session.promptName', { number: integer(leftOut + index + 1) })}
              </button>
              <small>{moment(prompt.first_at_ms, Date.now())}</small>
              <span className={styles['amount']}>{cost(prompt.cost_nano_usd)}</span>
            </div>
            <ShareBar share={prompt.cost_nano_usd / most} />
            <small>
              {[
                t('keyPage.requests', { count: prompt.requests, number: integer(prompt.requests) }),
                ...(prompt.agents > 0 ? [t('session.agentCount', { count: prompt.agents })] : []),
                duration(prompt.duration_ms),
                ...(prompt.failed > 0 ? [t('session.failed', { number: prompt.failed })] : []),
              ].join(' · ')}
            </small>
          </li>
        ))}
      </ol>
    </Section>
  )
}
