/** What can be done to one channel or to several at once, with a word about how it went. */
import { type ChannelView, channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { channelHealthEndpoints } from '@claude-gateway/contract/channel-health.ts'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../../../api/api-error.ts'
import { useAction } from '../../../api/use-endpoint.ts'
import { useTell } from '../../../components/use-tell.ts'

type Channels = readonly Pick<ChannelView, 'id' | 'name'>[]

/** Whatever shows the state of channels. */
const REFRESHES = [channelEndpoints.list, channelEndpoints.get, channelHealthEndpoints.read]

export function useChannelCommands() {
  const activate = useAction(channelEndpoints.activate, REFRESHES)
  const deactivate = useAction(channelEndpoints.deactivate, REFRESHES)
  const clear = useAction(channelHealthEndpoints.clear, REFRESHES)
  const pause = useAction(channelHealthEndpoints.pause, REFRESHES)
  const report = useReport()
  const all = [activate, deactivate, clear, pause]
  return {
    pending: all.some(({ isPending }) => isPending),
    activate: (channels: Channels) =>
      report('activate', channels, (params) => activate.mutateAsync({ params })),
    deactivate: (channels: Channels) =>
      report('deactivate', channels, (params) => deactivate.mutateAsync({ params })),
    clear: (channels: Channels) => report('clear', channels, (params) => clear.mutateAsync({ params })),
    /** @param minutes for how long */
    pause: (channels: Channels, minutes: number) =>
      report('pause', channels, (params) => pause.mutateAsync({ params, body: { minutes } })),
  }
}

type Command = 'activate' | 'deactivate' | 'clear' | 'pause'

/** Carries a command out on every channel and tells the end of it once. Resolves to whether all went well. */
function useReport() {
  const { t } = useTranslation()
  const tell = useTell()
  return async (command: Command, channels: Channels, act: (params: { id: number }) => Promise<unknown>) => {
    const ends = await Promise.allSettled(channels.map(({ id }) => act({ id })))
    const failed = ends.find((end) => end.status === 'rejected')
    if (failed) {
      tell.failed(failed.reason as ApiError)
      return false
    }
    const [first] = channels
    const words =
      channels.length === 1 && first
        ? t(`channels.done.${command}`, { name: first.name })
        : t(`channels.doneToAll.${command}`, { number: channels.length })
    tell.done(words)
    return true
  }
}
