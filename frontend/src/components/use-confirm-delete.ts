/** Asks before something is deleted, deletes it, and says so. */
import type { Endpoint } from '@claude-gateway/contract/endpoint.ts'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Call } from '../api/client.ts'
import { useAction } from '../api/use-endpoint.ts'
import { useTell } from './use-tell.ts'

interface Question {
  title: string
  hint: string
}

/** @returns a function that asks the question and makes the call when the answer is yes */
export function useConfirmDelete<E extends Endpoint>(endpoint: E, refreshes: readonly Endpoint[]) {
  const { modal } = App.useApp()
  const { t } = useTranslation()
  const tell = useTell()
  const remove = useAction(endpoint, refreshes)
  const carryOut = (call: Call<E>) =>
    remove.mutateAsync(call).then(() => tell.done(t('act.deleted')), tell.failed)
  return (call: Call<E>, { title, hint }: Question): void => {
    modal.confirm({
      title,
      content: hint,
      icon: null,
      okText: t('act.delete'),
      okButtonProps: { danger: true },
      cancelText: t('act.cancel'),
      autoFocusButton: 'cancel',
      onOk: () => carryOut(call),
    })
  }
}
