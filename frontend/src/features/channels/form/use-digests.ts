/** What is set in each group of a channel's form, in a few words, for when it is closed. */
import { Form } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Formats } from '../../../i18n/formats.ts'
import { useFormats } from '../../../i18n/use-formats.ts'
import type { GroupName } from './channel-groups.ts'
import type { ChannelValues } from './channel-values.ts'

type Values = Partial<ChannelValues>
type Words = (values: Values, t: TFunction, formats: Formats) => readonly (string | false)[]

const address: Words = ({ name, base_url }) => [name ?? '', base_url ?? '']
const credential: Words = ({ auth }, t) => [t(`channelForm.auths.${auth ?? 'auto'}`)]

const routing: Words = ({ priority, weight = 1, models = [], enabled }, t, { integer }) => [
  t('channelDigest.priority', { priority: integer(priority ?? 0) }),
  weight !== 1 && t('channelDigest.weight', { weight: integer(weight) }),
  models.length === 0 ? t('channels.allModels') : models.join(', '),
  enabled === false && t('channels.states.disabled'),
]

const limits: Words = (values, t, { integer, period }) => {
  const { max_concurrency, max_requests_per_minute } = values
  const times = [values.connect_timeout_ms, values.first_byte_timeout_ms, values.idle_timeout_ms]
  const set = times.filter((ms) => typeof ms === 'number')
  return [
    typeof max_concurrency === 'number' && t('channelDigest.atOnce', { number: integer(max_concurrency) }),
    typeof max_requests_per_minute === 'number' &&
      t('channelDigest.perMinute', { number: integer(max_requests_per_minute) }),
    set.length > 0 && t('channelDigest.timeouts', { times: set.map((ms) => period(ms / 1000)).join(', ') }),
  ]
}

const network: Words = ({ proxy_url }) => [proxy_url ? (URL.parse(proxy_url)?.host ?? proxy_url) : false]

const headers: Words = ({ add_headers = [], drop_headers = [] }, t) => [
  add_headers.length > 0 &&
    t('channelDigest.adds', { names: add_headers.map(({ name }) => name).join(', ') }),
  drop_headers.length > 0 && t('channelDigest.drops', { names: drop_headers.join(', ') }),
]

const probes: Words = ({ probe_interval_seconds = 0, probe_model }, t, { period }) =>
  probe_interval_seconds === 0
    ? []
    : [t('channelDigest.every', { time: period(probe_interval_seconds) }), probe_model || false]

const cost: Words = ({ cost_multiplier = 1 }, _, { decimal }) => [
  cost_multiplier !== 1 && `× ${decimal(cost_multiplier)}`,
]

const WORDS = { address, credential, routing, limits, network, headers, probes, cost } satisfies Record<
  GroupName,
  Words
>

/** @returns for a group: what is set in it, or that it is as it comes */
export function useDigests(): (group: GroupName) => string {
  const { t } = useTranslation()
  const formats = useFormats()
  const form = Form.useFormInstance<ChannelValues>()
  const values: Values = Form.useWatch([], form) ?? {}
  return (group) => {
    const said = WORDS[group](values, t, formats).filter((words) => words !== false && words !== '')
    return said.length === 0 ? t('channelDigest.default') : said.join(' · ')
  }
}
