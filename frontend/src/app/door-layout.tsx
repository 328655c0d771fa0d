/** The frame of the pages in front of the console: theme and language can be chosen there too. */
import { Outlet } from 'react-router'
import styles from './door-layout.module.css'
import { PreferencesMenu } from './preferences-menu.tsx'

export function DoorLayout() {
  return (
    <>
      <div className={styles['corner']}>
        <PreferencesMenu />
      </div>
      <Outlet />
    </>
  )
}
