/** What is set in each group of a key's form, in a few words, for when it is closed. */
import { Form } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Formats } from '../../../i18n/formats.ts'
import { useFormats } from '../../../i18n/use-formats.ts'
import type { GroupName } from './key-groups.ts'
import type { KeyValues } from './key-values.ts'

interface Writing {
  readonly t: TFunction
  readonly formats: Formats
}
type Words = (values: Partial<KeyValues>, writing: Writing) => readonly (string | false)[]

const name: Words = ({ name: called, models = [], tags = [] }, { t }) => [
  called ?? '',
  models.length === 0 ? t('channels.allModels') : models.join(', '),
  tags.join(', '),
]

const limits: Words = (values, { t, formats: { integer, compact } }) => [
  typeof values.requests_per_minute === 'number' &&
    t('keyDigest.requests', { number: integer(values.requests_per_minute) }),
  typeof values.tokens_per_minute === 'number' &&
    t('keyDigest.tokens', { number: compact(values.tokens_per_minute) }),
  typeof values.max_concurrency === 'number' &&
    t('keyDigest.atOnce', { number: integer(values.max_concurrency) }),
]

const budgets: Words = ({ budgets: set = [] }, { t, formats: { amount } }) =>
  set.map(({ period, limit_usd }) => `${amount(limit_usd)} ${t(`budgets.per.${period}`)}`)

const end: Words = ({ expires_at_ms, expires_after_days }, { t, formats: { moment, integer } }) => [
  typeof expires_at_ms === 'number' && moment(expires_at_ms, Date.now()),
  typeof expires_after_days === 'number' && t('keyDigest.afterDays', { number: integer(expires_after_days) }),
]

const access: Words = ({ allowed_addresses = [], may_choose_channel }, { t }) => [
  allowed_addresses.join(', '),
  may_choose_channel === true && t('keyDigest.choosesChannel'),
]

const bodies: Words = ({ capture }, { t, formats: { integer } }) => [
  capture ? t('keyDigest.captured', { number: integer(capture.retention_days) }) : false,
]

const WORDS = { name, limits, budgets, end, access, bodies } satisfies Record<GroupName, Words>

/** @returns for a group: what is set in it, or that nothing is */
export function useKeyDigests(): (group: GroupName) => string {
  const { t } = useTranslation()
  const formats = useFormats()
  const form = Form.useFormInstance<KeyValues>()
  const values: Partial<KeyValues> = Form.useWatch([], form) ?? {}
  return (group) => {
    const said = WORDS[group](values, { t, formats }).filter((words) => words !== false && words !== '')
    return said.length === 0 ? t(`keyDigest.none.${group}`) : said.join(' · ')
  }
}
