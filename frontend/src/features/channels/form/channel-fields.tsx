/** A channel's fields in groups: what it cannot do without stands open, the rest says in a line what is set. */
import type { FormRule } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FormGroup } from '../../../components/form-group.tsx'
import { AddressFields, CredentialFields } from './access-fields.tsx'
import { type ChannelGroups, GROUPS, type GroupName } from './channel-groups.ts'
import { CostFields, ProbeFields } from './cost-fields.tsx'
import { HeaderFields, NetworkFields } from './network-fields.tsx'
import { LimitFields, RoutingFields } from './routing-fields.tsx'
import { useDigests } from './use-digests.ts'

interface ChannelFieldsProps {
  rule: FormRule
  /** The stored key's outer characters, when there is one to keep. */
  storedKeyHint?: string | undefined
  groups: ChannelGroups
}

export function ChannelFields({ rule, storedKeyHint, groups }: ChannelFieldsProps) {
  const { t } = useTranslation()
  const digestOf = useDigests()
  const fields: Record<GroupName, ReactNode> = {
    address: <AddressFields rule={rule} />,
    credential: <CredentialFields rule={rule} storedKeyHint={storedKeyHint} />,
    routing: <RoutingFields rule={rule} />,
    limits: <LimitFields rule={rule} />,
    network: <NetworkFields rule={rule} />,
    headers: <HeaderFields rule={rule} />,
    probes: <ProbeFields rule={rule} />,
    cost: <CostFields rule={rule} />,
  }
  return (Object.keys(GROUPS) as GroupName[]).map((group) => (
    <FormGroup
      key={group}
      title={t(`channelForm.groups.${group}`)}
      digest={digestOf(group)}
      open={groups.isOpen(group)}
      onToggle={(open) => groups.toggle(group, open)}
    >
      {fields[group]}
    </FormGroup>
  ))
}
