/** Stands where a page will be. It says nothing for the first moments, so that a quick answer does not flicker. */
import { Spin } from 'antd'
import styles from './full-page-loading.module.css'

const QUIET_MS = 300

export function FullPageLoading() {
  return (
    <div className={styles['middle']} aria-busy="true" data-page-loading="">
      <Spin delay={QUIET_MS} />
    </div>
  )
}
