/** What is open over a page of keys: a form, a question, or the secret of the one just made. The address says which. */
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import { useState } from 'react'
import { usePanel } from '../../components/use-panel.ts'
import { CreatedKey, type KeyWithSecret } from './commands/created-key.tsx'
import { DeleteKey } from './commands/delete-key.tsx'
import { RotateKey } from './commands/rotate-key.tsx'
import { EditKey } from './form/edit-key.tsx'
import { NewKey } from './form/new-key.tsx'

interface KeyPanelsProps {
  keys: readonly GatewayKeyView[]
  onDeleted?: () => void
}

export function KeyPanels({ keys, onDeleted }: KeyPanelsProps) {
  const [edit, rotate, remove] = [usePanel('edit'), usePanel('rotate'), usePanel('delete')]
  const [created, setCreated] = useState<KeyWithSecret | null>(null)
  const [edited, rotated, removed] = [edit, rotate, remove].map(({ target }) =>
    keys.find(({ id }) => id === target),
  )
  const handOver = (panel: { close: () => void }) => (key: KeyWithSecret) => {
    panel.close()
    setCreated(key)
  }
  return (
    <>
      {edit.target === 'new' ? <NewKey onClose={edit.close} onCreated={handOver(edit)} /> : null}
      {edited ? <EditKey key={edited.id} gatewayKey={edited} onClose={edit.close} /> : null}
      {rotated ? (
        <RotateKey gatewayKey={rotated} onClose={rotate.close} onRotated={handOver(rotate)} />
      ) : null}
      {removed ? (
        <DeleteKey gatewayKey={removed} onClose={remove.close} onDeleted={onDeleted ?? remove.close} />
      ) : null}
      {created ? <CreatedKey created={created} onClose={() => setCreated(null)} /> : null}
    </>
  )
}
