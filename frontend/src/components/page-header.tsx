/** A page's name, what it is for in one sentence, and what can be done on it. */
import type { ReactNode } from 'react'
import styles from './page-header.module.css'

interface PageHeaderProps {
  title: string
  lead: string
  /** The page makes good use of a screen of any width. */
  isRoomy?: boolean
  children?: ReactNode
}

export function PageHeader({ title, lead, isRoomy = false, children }: PageHeaderProps) {
  return (
    <div className={styles['header']} data-roomy={isRoomy}>
      <div>
        <h1>{title}</h1>
        <p>{lead}</p>
      </div>
      {children ? <div className={styles['actions']}>{children}</div> : null}
    </div>
  )
}
