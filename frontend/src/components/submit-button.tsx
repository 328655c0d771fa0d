/** The button that sends a form. What is answered at once shows no wheel, so nothing flickers. */
import { Button, type ButtonProps } from 'antd'

const LOADING = { delay: 250 }

type SubmitButtonProps = Omit<ButtonProps, 'loading' | 'htmlType' | 'type'> & { submitting: boolean }

export function SubmitButton({ submitting, ...button }: SubmitButtonProps) {
  return <Button {...button} type="primary" htmlType="submit" loading={submitting ? LOADING : false} />
}
