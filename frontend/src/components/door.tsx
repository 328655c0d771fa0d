/** The narrow page in front of the console: sign-in and set-up stand in it. */
import type { ReactNode } from 'react'
import { Brand } from './brand.tsx'
import styles from './door.module.css'

export function Door({ title, lead, children }: { title: string; lead: ReactNode; children: ReactNode }) {
  return (
    <main className={styles['page']}>
      <div className={styles['door']}>
        <Brand />
        <h1>{title}</h1>
        <p>{lead}</p>
        {children}
      </div>
    </main>
  )
}
