/** Enables and disables a key at once. */
import { type GatewayKeyView, gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../../api/use-endpoint.ts'
import { useTell } from '../../../components/use-tell.ts'

interface KeySwitchProps {
  of: Pick<GatewayKeyView, 'id' | 'name' | 'enabled'>
  size?: 'small' | 'default'
}

export function KeySwitch({ of: { id, name, enabled }, size = 'default' }: KeySwitchProps) {
  const { t } = useTranslation()
  const tell = useTell()
  const update = useAction(gatewayKeyEndpoints.update, [gatewayKeyEndpoints.list, gatewayKeyEndpoints.get])
  const flip = (on: boolean) =>
    update.mutate({ params: { id }, body: { enabled: on } }, { onError: tell.failed })
  return (
    <Switch
      size={size}
      checked={enabled}
      loading={update.isPending}
      onChange={flip}
      aria-label={t(enabled ? 'keys.switchOff' : 'keys.switchOn', { name })}
    />
  )
}
