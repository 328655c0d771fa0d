/** A time as one says it, with the exact one on hover. */
import { Tooltip } from 'antd'
import { useFormats } from '../i18n/use-formats.ts'

/** @param timeMs milliseconds since the epoch */
export function TimeStamp({ timeMs }: { timeMs: number }) {
  const { ago, dateTime } = useFormats()
  return (
    <Tooltip title={dateTime(timeMs)}>
      <time dateTime={new Date(timeMs).toISOString()}>{ago(timeMs, Date.now())}</time>
    </Tooltip>
  )
}
