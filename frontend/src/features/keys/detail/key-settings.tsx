/** How a key is set up, at a glance. */
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import { useTranslation } from 'react-i18next'
import { FactList } from '../../../components/fact-list.tsx'
import { ModelPatterns } from '../../../components/model-patterns.tsx'
import { Section } from '../../../components/section.tsx'
import { TimeStamp } from '../../../components/time-stamp.tsx'
import { useFormats } from '../../../i18n/use-formats.ts'

export function KeySettings({ gatewayKey: key }: { gatewayKey: GatewayKeyView }) {
  const { t } = useTranslation()
  const { integer } = useFormats()
  const facts = [
    {
      label: t('keys.models'),
      value: <ModelPatterns models={key.models} all={t('channels.allModels')} />,
    },
    { label: t('keyForm.groups.end'), value: useEnd(key) },
    {
      label: t('keyForm.addresses'),
      value: key.allowed_addresses.length === 0 ? t('keyPage.anywhere') : key.allowed_addresses.join(', '),
    },
    {
      label: t('keyForm.groups.bodies'),
      value:
        key.capture === null
          ? t('keyPage.notKept')
          : t('keyDigest.captured', { number: integer(key.capture.retention_days) }),
    },
    { label: t('keyForm.chooseChannel'), value: key.may_choose_channel ? t('keyPage.yes') : null },
    { label: t('keyForm.timeZone'), value: key.time_zone },
    { label: t('keys.created'), value: <TimeStamp timeMs={key.created_at_ms} /> },
    { label: t('keyPage.firstUsed'), value: stamp(key.first_used_at_ms) },
    { label: t('keys.lastUsed'), value: stamp(key.last_used_at_ms) ?? t('keys.neverUsed') },
  ]
  return (
    <Section title={t('keyPage.settings')}>
      <FactList facts={facts} />
    </Section>
  )
}

const stamp = (timeMs: number | null) => (timeMs === null ? null : <TimeStamp timeMs={timeMs} />)

function useEnd({ valid_until_ms: until, expires_after_days: days }: GatewayKeyView): string {
  const { t } = useTranslation()
  const { moment, integer } = useFormats()
  if (until !== null) return moment(until, Date.now())
  return days === null ? t('keyForm.never') : t('keyDigest.afterDays', { number: integer(days) })
}
