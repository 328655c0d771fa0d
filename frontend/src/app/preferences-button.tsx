/** What opens the menu of theme, language and the way out. */
import { SettingOutlined } from '@ant-design/icons'
import type { ComponentProps } from 'react'
import styles from './preferences-button.module.css'

type PreferencesButtonProps = ComponentProps<'button'> & { label: string; who: string }

/** The other properties are those that Ant Design's dropdown gives to what it hangs on. */
export function PreferencesButton({ label, who, ...others }: PreferencesButtonProps) {
  return (
    <button {...others} type="button" className={styles['who']} aria-label={label}>
      <SettingOutlined aria-hidden="true" />
      <span>{who}</span>
    </button>
  )
}
