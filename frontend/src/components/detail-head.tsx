/** The head of a page about one thing: the way back to the list, its name, and what can be done to it. */
import { ArrowLeftOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import styles from './detail-head.module.css'

interface DetailHeadProps {
  /** Whence one came. */
  back: { to: string; label: string }
  title: ReactNode
  /** What stands on the title's line: a state, tags. */
  beside?: ReactNode
  /** Buttons. */
  actions?: ReactNode
  /** What stands below, and still belongs to the head. */
  children?: ReactNode
}

export function DetailHead({ back, title, beside, actions, children }: DetailHeadProps) {
  return (
    <header className={styles['head']}>
      <Link to={back.to} className={styles['back']}>
        <ArrowLeftOutlined aria-hidden="true" /> {back.label}
      </Link>
      <div className={styles['line']}>
        <div className={styles['title']}>
          <h1>{title}</h1>
          {beside}
        </div>
        {actions ? <div className={styles['actions']}>{actions}</div> : null}
      </div>
      {children}
    </header>
  )
}
