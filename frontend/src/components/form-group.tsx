/** A group of fields that opens and closes; closed, it says in a few words what is set in it. */
import { RightOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import styles from './form-group.module.css'

interface FormGroupProps {
  title: string
  /** What is set in it, shown while it is closed. */
  digest: ReactNode
  open: boolean
  onToggle: (open: boolean) => void
  /** The fields; they are there while the group is closed, so that none is lost. */
  children: ReactNode
}

export function FormGroup({ title, digest, open, onToggle, children }: FormGroupProps) {
  return (
    <details
      className={styles['group']}
      open={open}
      // Opened or closed by hand only: that the attribute changed is no news.
      onToggle={(event) => event.currentTarget.open !== open && onToggle(event.currentTarget.open)}
    >
      <summary>
        <RightOutlined className={styles['arrow']} aria-hidden="true" />
        <span className={styles['title']}>{title}</span>
        {open ? null : <span className={styles['digest']}>{digest}</span>}
      </summary>
      <div className={styles['fields']}>{children}</div>
    </details>
  )
}
