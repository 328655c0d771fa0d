/** The drawer in which a rule is made or changed, and tried on an answer before it is saved. */
import {
  newOutcomeRuleSchema,
  type OutcomeRuleView,
  outcomeRuleEndpoints,
} from '@claude-gateway/contract/outcome-rule.ts'
import { Form } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDrawer } from '../../../components/form-drawer.tsx'
import { useContractForm } from '../../../components/use-contract-form.ts'
import { useSaved } from '../../../components/use-saved.ts'
import { RuleFields } from './rule-fields.tsx'
import { bodyOf, NEW_RULE, type RuleValues, valuesOf } from './rule-values.ts'
import styles from './rules-section.module.css'
import { TryAnswer } from './try-answer.tsx'

interface RuleDrawerProps {
  /** null: a new one. */
  rule: OutcomeRuleView | null
  onClose: () => void
}

/** The calls of both are made by one form: a change is the whole rule again. */
export function RuleDrawer({ rule, onClose }: RuleDrawerProps) {
  return rule === null ? <NewRule onClose={onClose} /> : <EditRule rule={rule} onClose={onClose} />
}

function NewRule({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const contractForm = useContractForm({
    endpoint: outcomeRuleEndpoints.create,
    refreshes: [outcomeRuleEndpoints.list],
    toCall: (values: RuleValues) => ({ body: bodyOf(values) }),
    onDone: useSaved(onClose),
  })
  return (
    <FormDrawer
      title={t('rules.add')}
      submitLabel={t('act.add')}
      contractForm={contractForm}
      initialValues={NEW_RULE}
      onClose={onClose}
    >
      <RuleFields rule={contractForm.rule} />
      <Trial />
    </FormDrawer>
  )
}

function EditRule({ rule, onClose }: { rule: OutcomeRuleView; onClose: () => void }) {
  const { t } = useTranslation()
  const contractForm = useContractForm({
    endpoint: outcomeRuleEndpoints.update,
    refreshes: [outcomeRuleEndpoints.list],
    toCall: (values: RuleValues) => ({ params: { id: rule.id }, body: bodyOf(values) }),
    onDone: useSaved(onClose),
  })
  return (
    <FormDrawer
      title={t('rules.edit')}
      submitLabel={t('act.save')}
      contractForm={contractForm}
      initialValues={valuesOf(rule)}
      onClose={onClose}
    >
      <RuleFields rule={contractForm.rule} />
      <Trial />
    </FormDrawer>
  )
}

/** A rule that is not sound yet cannot be tried. */
function Trial() {
  const { t } = useTranslation()
  const form = Form.useFormInstance<RuleValues>()
  const values = Form.useWatch([], form) as RuleValues | undefined
  const draft = newOutcomeRuleSchema.safeParse(values && { ...bodyOf(values), name: values.name || 'x' })
  return (
    <div className={styles['trial']}>
      <h3>{t('rules.tryThis')}</h3>
      <TryAnswer {...(draft.success ? { draft: draft.data } : {})} />
    </div>
  )
}
