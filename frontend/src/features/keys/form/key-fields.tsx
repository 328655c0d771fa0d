/** A key's fields in groups: its name stands open, the rest says in a line what is set. */
import type { FormRule } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FormGroup } from '../../../components/form-group.tsx'
import { AccessFields, BodyFields } from './access-fields.tsx'
import { IdentityFields } from './identity-fields.tsx'
import { GROUPS, type GroupName, type KeyGroups } from './key-groups.ts'
import { BudgetFields, EndFields, LimitFields } from './limit-fields.tsx'
import { useKeyDigests } from './use-key-digests.ts'

interface KeyFieldsProps {
  rule: FormRule
  groups: KeyGroups
  /** What stands for no time zone; undefined where one must be chosen. */
  ownZone?: string | undefined
}

export function KeyFields({ rule, groups, ownZone }: KeyFieldsProps) {
  const { t } = useTranslation()
  const digestOf = useKeyDigests()
  const fields: Record<GroupName, ReactNode> = {
    name: <IdentityFields rule={rule} />,
    limits: <LimitFields rule={rule} />,
    budgets: <BudgetFields rule={rule} ownZone={ownZone} />,
    end: <EndFields rule={rule} />,
    access: <AccessFields rule={rule} />,
    bodies: <BodyFields rule={rule} />,
  }
  return (Object.keys(GROUPS) as GroupName[]).map((group) => (
    <FormGroup
      key={group}
      title={t(`keyForm.groups.${group}`)}
      digest={digestOf(group)}
      open={groups.isOpen(group)}
      onToggle={(open) => groups.toggle(group, open)}
    >
      {fields[group]}
    </FormGroup>
  ))
}
