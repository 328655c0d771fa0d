/** How much of the most something is, under a figure that says it in digits. */
import styles from './share-bar.module.css'

/** @param share from 0 to 1 */
export function ShareBar({ share }: { share: number }) {
  return (
    <span className={styles['track']} aria-hidden="true">
      <span style={{ width: `${share * 100}%` }} />
    </span>
  )
}
