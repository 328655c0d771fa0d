/** The button that sends a form. What is answered at once shows no wheel, so nothing flickers. */
import { LoadingOutlined } from '@ant-design/icons'
import { Button, type ButtonProps } from 'antd'

const QUIET_MS = 250

// Hidden from screen readers: the button keeps its name while it works, and after.
const LOADING = { delay: QUIET_MS, icon: <LoadingOutlined aria-hidden="true" /> }

type SubmitButtonProps = Omit<ButtonProps, 'loading' | 'htmlType' | 'type'> & { submitting: boolean }

export function SubmitButton({ submitting, ...button }: SubmitButtonProps) {
  return <Button {...button} type="primary" htmlType="submit" loading={submitting ? LOADING : false} />
}
