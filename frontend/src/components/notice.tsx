/** A calm sentence in the middle of a page that has nothing to show: what is so, and what to do next. */
import type { ReactNode } from 'react'
import styles from './notice.module.css'

interface NoticeProps {
  title: string
  hint: ReactNode
  /** The machine's own words, if they help. */
  detail?: string | null
  action?: ReactNode
  /** A drawing beside the words. */
  figure?: ReactNode
}

export function Notice({ title, hint, detail, action, figure }: NoticeProps) {
  return (
    <div className={styles['notice']}>
      {figure ? <div className={styles['figure']}>{figure}</div> : null}
      <h2>{title}</h2>
      <p>{hint}</p>
      {detail ? <code>{detail}</code> : null}
      {action ? <div className={styles['action']}>{action}</div> : null}
    </div>
  )
}
