/** What is open over a page of channels: a form, a test, a question. The address says which. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import { usePanel } from '../../components/use-panel.ts'
import { DeleteChannel } from './commands/delete-channel.tsx'
import { PauseDialog } from './commands/pause-dialog.tsx'
import { CopyChannel } from './form/copy-channel.tsx'
import { EditChannel } from './form/edit-channel.tsx'
import { NewChannel } from './form/new-channel.tsx'
import { ChannelTestDialog } from './test/channel-test-dialog.tsx'

interface ChannelPanelsProps {
  channels: readonly ChannelView[]
  onDeleted?: () => void
}

export function ChannelPanels({ channels, onDeleted }: ChannelPanelsProps) {
  const panels = { edit: usePanel('edit'), test: usePanel('test'), copy: usePanel('copy') }
  const [pause, remove] = [usePanel('pause'), usePanel('delete')]
  const byId = (target: unknown) => channels.find(({ id }) => id === target)
  const [edited, tested, copied] = [panels.edit, panels.test, panels.copy].map((one) => byId(one.target))
  const [paused, removed] = [byId(pause.target), byId(remove.target)]
  return (
    <>
      {panels.edit.target === 'new' ? <NewChannel onClose={panels.edit.close} /> : null}
      {edited ? <EditChannel key={edited.id} channel={edited} onClose={panels.edit.close} /> : null}
      {copied ? <CopyChannel key={copied.id} channel={copied} onClose={panels.copy.close} /> : null}
      {tested ? (
        <ChannelTestDialog name={tested.name} target={{ id: tested.id }} onClose={panels.test.close} />
      ) : null}
      {paused ? <PauseDialog channels={[paused]} onClose={pause.close} /> : null}
      {removed ? (
        <DeleteChannel channel={removed} onClose={remove.close} onDeleted={onDeleted ?? remove.close} />
      ) : null}
    </>
  )
}
