/** Below the form: what the mapping as it stands would do, tried on the models that were asked for lately. */
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { mappingEndpoints } from '@claude-gateway/contract/mapping.ts'
import { Form } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { ModelPatterns } from '../../components/model-patterns.tsx'
import styles from './mapping-preview.module.css'
import { channelsOf, modelsOf, type Rule } from './mapping-reach.ts'
import { type MappingValues, mappingBody } from './mapping-values.ts'
import { useKnownModels } from './use-known-models.ts'

/** @param id the mapping that is being changed; null for a new one */
export function MappingPreview({ id }: { id: number | null }) {
  const { t } = useTranslation()
  const form = Form.useFormInstance<MappingValues>()
  const values = Form.useWatch([], form)
  const channels = useEndpoint(channelEndpoints.list, {}).data?.data ?? []
  const others = (useEndpoint(mappingEndpoints.list, {}).data?.data ?? []).filter((one) => one.id !== id)
  const models = useKnownModels()
  if (!values?.display_model || !values.upstream_model) return null
  const rule: Rule = mappingBody(values)
  const rules = [...others, rule]
  const on = channelsOf(rule, rules, channels)
  const taken = modelsOf(rule, rules, { models, channels })
  return (
    <section className={styles['preview']} aria-live="polite">
      <p>
        <code>{rule.display_model}</code> → <code>{rule.upstream_model}</code>{' '}
        {t('mappings.previewOn', { count: on.length })}
      </p>
      <div className={styles['taken']}>
        {t('mappings.takes')} <ModelPatterns models={taken} all={t('mappings.takesNone')} />
      </div>
    </section>
  )
}
