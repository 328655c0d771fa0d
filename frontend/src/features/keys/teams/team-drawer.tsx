/** The drawers in which a tag gets a budget, or another one. */

import {
  type BudgetPeriod,
  budgetPeriodSchema,
  type TagBudgetView,
  tagBudgetEndpoints,
} from '@claude-gateway/contract/budget.ts'
import { AutoComplete, Form, type FormRule, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDrawer } from '../../../components/form-drawer.tsx'
import { TimeZoneField } from '../../../components/time-zone-field.tsx'
import { useContractForm } from '../../../components/use-contract-form.ts'
import { useSaved } from '../../../components/use-saved.ts'
import { browserZone } from '../../../i18n/browser-zone.ts'
import styles from './team-budgets.module.css'

interface TeamValues {
  tag: string
  period: BudgetPeriod
  limit_usd: number
  time_zone: string
}

const MOST_USD = 1_000_000
const REFRESHES = [tagBudgetEndpoints.list]

interface TeamDrawerProps {
  /** Tags that keys have. */
  tags: readonly string[]
  onClose: () => void
}

export function NewTeamBudget({ tags, onClose }: TeamDrawerProps) {
  const { t } = useTranslation()
  const contractForm = useContractForm({
    endpoint: tagBudgetEndpoints.create,
    refreshes: REFRESHES,
    toCall: (values: TeamValues) => ({ body: values }),
    onDone: onClose,
  })
  return (
    <FormDrawer
      title={t('teams.add')}
      submitLabel={t('act.create')}
      contractForm={contractForm}
      initialValues={{
        period: 'month',
        time_zone: browserZone(),
      }}
      onClose={onClose}
    >
      <TeamFields rule={contractForm.rule} tags={tags} />
    </FormDrawer>
  )
}

export function EditTeamBudget({ budget, tags, onClose }: TeamDrawerProps & { budget: TagBudgetView }) {
  const { t } = useTranslation()
  const { id, tag, period, limit_usd, time_zone } = budget
  const contractForm = useContractForm({
    endpoint: tagBudgetEndpoints.update,
    refreshes: REFRESHES,
    toCall: (values: TeamValues) => ({ params: { id }, body: values }),
    onDone: useSaved(onClose),
  })
  return (
    <FormDrawer
      title={t('teams.edit')}
      submitLabel={t('act.save')}
      contractForm={contractForm}
      initialValues={{ tag, period, limit_usd, time_zone }}
      onClose={onClose}
    >
      <TeamFields rule={contractForm.rule} tags={tags} />
    </FormDrawer>
  )
}

function TeamFields({ rule, tags }: { rule: FormRule; tags: readonly string[] }) {
  const { t } = useTranslation()
  const periods = budgetPeriodSchema.options.map((value) => ({ value, label: t(`budgets.per.${value}`) }))
  return (
    <div className={styles['fields']}>
      <Form.Item name="tag" label={t('teams.tag')} extra={t('teams.tagHint')} rules={[rule]}>
        <AutoComplete
          placeholder={t('keyForm.tagsPlaceholder')}
          options={tags.map((value) => ({ value }))}
          showSearch={{ filterOption: true }}
        />
      </Form.Item>
      <Form.Item name="limit_usd" label={t('teams.limit')} rules={[rule]}>
        <InputNumber min={0} max={MOST_USD} prefix="$" />
      </Form.Item>
      <Form.Item name="period" label={t('teams.period')} rules={[rule]}>
        <Select options={periods} />
      </Form.Item>
      <Form.Item
        name="time_zone"
        label={t('keyForm.timeZone')}
        extra={t('keyForm.timeZoneHint')}
        rules={[rule]}
      >
        <TimeZoneField />
      </Form.Item>
    </div>
  )
}
