/** A page's name, what it is for in one sentence, and what can be done on it. */
import type { ReactNode } from 'react'
import styles from './page-header.module.css'

export function PageHeader({ title, lead, children }: { title: string; lead: string; children?: ReactNode }) {
  return (
    <div className={styles['header']}>
      <div>
        <h1>{title}</h1>
        <p>{lead}</p>
      </div>
      {children ? <div className={styles['actions']}>{children}</div> : null}
    </div>
  )
}
