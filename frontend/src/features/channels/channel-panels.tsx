/** What is open over the list: a new channel, one being edited, one being tested. The address says which. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import { usePanel } from '../../components/use-panel.ts'
import { EditChannel } from './form/edit-channel.tsx'
import { NewChannel } from './form/new-channel.tsx'
import { ChannelTestDialog } from './test/channel-test-dialog.tsx'

export function ChannelPanels({ channels }: { channels: readonly ChannelView[] }) {
  const [edit, test] = [usePanel('edit'), usePanel('test')]
  const edited = channels.find((channel) => channel.id === edit.target)
  const tested = channels.find((channel) => channel.id === test.target)
  return (
    <>
      {edit.target === 'new' ? <NewChannel onClose={edit.close} /> : null}
      {edited ? <EditChannel key={edited.id} channel={edited} onClose={edit.close} /> : null}
      {tested ? (
        <ChannelTestDialog name={tested.name} target={{ id: tested.id }} onClose={test.close} />
      ) : null}
    </>
  )
}
