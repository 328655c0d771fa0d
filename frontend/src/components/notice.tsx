/** A calm sentence in the middle of a page that has nothing to show: what is so, and what to do next. */
import type { ReactNode } from 'react'
import styles from './notice.module.css'

interface NoticeProps {
  title: string
  hint: ReactNode
  /** The machine's own words, if they help. */
  detail?: string | null
  action?: ReactNode
}

/** The gateway's sign, with nothing yet on its path. */
const QUIET = (
  <svg viewBox="0 0 48 32" width="48" height="32" fill="none" aria-hidden="true">
    <g stroke="currentColor" strokeWidth="1.6" strokeLinecap="round">
      <path d="M16 3v26M32 3v8M32 21v8" />
      <path d="M2 16h44" strokeDasharray="0.5 5" />
    </g>
  </svg>
)

export function Notice({ title, hint, detail, action }: NoticeProps) {
  return (
    <div className={styles['notice']}>
      <div className={styles['figure']}>{QUIET}</div>
      <h2>{title}</h2>
      <p>{hint}</p>
      {detail ? <code>{detail}</code> : null}
      {action ? <div className={styles['action']}>{action}</div> : null}
    </div>
  )
}
