/** Deletes a key after its name was typed. */
import { type GatewayKeyView, gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../../api/use-endpoint.ts'
import { ConfirmByName } from '../../../components/confirm-by-name.tsx'
import { useTell } from '../../../components/use-tell.ts'

interface DeleteKeyProps {
  gatewayKey: GatewayKeyView
  onClose: () => void
  /** Called once it is gone; the page of the key itself goes elsewhere then. */
  onDeleted: () => void
}

export function DeleteKey({ gatewayKey: { id, name }, onClose, onDeleted }: DeleteKeyProps) {
  const { t } = useTranslation()
  const tell = useTell()
  const remove = useAction(gatewayKeyEndpoints.remove, [gatewayKeyEndpoints.list])
  const carryOut = () => {
    if (remove.isPending) return
    const done = () => {
      tell.done(t('keys.deleted', { name }))
      onDeleted()
    }
    remove.mutate({ params: { id } }, { onSuccess: done, onError: tell.failed })
  }
  return (
    <ConfirmByName
      title={t('keys.deleteTitle', { name })}
      hint={t('keys.deleteHint')}
      name={name}
      pending={remove.isPending}
      onConfirm={carryOut}
      onClose={onClose}
    />
  )
}
