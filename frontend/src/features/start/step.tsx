/** One of the first steps: done, open, or to come; the number stands on a rail that leads to the next. */
import { CheckOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './step.module.css'

interface StepProps {
  title: string
  hint: ReactNode
  /** What is to come shows its title and hint only. */
  state: 'done' | 'open' | 'later'
  children?: ReactNode
}

export function Step({ title, hint, state, children }: StepProps) {
  const { t } = useTranslation()
  return (
    <li className={styles['step']} data-state={state} aria-current={state === 'open' ? 'step' : undefined}>
      <div className={styles['number']} aria-hidden="true">
        {state === 'done' ? <CheckOutlined /> : null}
      </div>
      <div className={styles['body']}>
        <h2>
          {title}
          {state === 'done' ? <span className="visually-hidden"> ({t('start.done')})</span> : null}
        </h2>
        <p>{hint}</p>
        {state === 'later' ? null : children}
      </div>
    </li>
  )
}
