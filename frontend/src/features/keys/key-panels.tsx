/** What is open over the keys: a new one, one being edited, or the secret of the one just made. */
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import { useState } from 'react'
import { usePanel } from '../../components/use-panel.ts'
import { CreatedKey, type KeyWithSecret } from './created-key.tsx'
import { EditKey } from './edit-key.tsx'
import { NewKey } from './new-key.tsx'

export function KeyPanels({ keys }: { keys: readonly GatewayKeyView[] }) {
  const { target, close } = usePanel('edit')
  const [created, setCreated] = useState<KeyWithSecret | null>(null)
  const edited = keys.find((key) => key.id === target)
  const handOver = (key: KeyWithSecret) => {
    close()
    setCreated(key)
  }
  return (
    <>
      {target === 'new' ? <NewKey onClose={close} onCreated={handOver} /> : null}
      {edited ? <EditKey key={edited.id} gatewayKey={edited} onClose={close} /> : null}
      {created ? <CreatedKey created={created} onClose={() => setCreated(null)} /> : null}
    </>
  )
}
