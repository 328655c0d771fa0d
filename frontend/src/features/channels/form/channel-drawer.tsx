/** The form of a channel, new or old, with its test beside the buttons. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDrawer } from '../../../components/form-drawer.tsx'
import { RestoredDraft } from '../../../components/restored-draft.tsx'
import type { ContractForm } from '../../../components/use-contract-form.ts'
import type { FormDraft } from '../../../components/use-form-draft.ts'
import { useKeptForm } from '../../../components/use-kept-form.ts'
import { ChannelTestDialog, type TestTarget } from '../test/channel-test-dialog.tsx'
import { ChannelFields } from './channel-fields.tsx'
import { useChannelGroups } from './channel-groups.ts'
import type { ChannelValues } from './channel-values.ts'

interface ChannelDrawerProps {
  title: string
  submitLabel: string
  contractForm: ContractForm<ChannelValues>
  /** As the form begins, where nothing was typed before. */
  initialValues: Partial<ChannelValues>
  /** What is kept of the form while it is open. */
  draft: FormDraft<ChannelValues>
  /** What a test of the values as they stand would ask. */
  testTarget: (values: ChannelValues) => TestTarget
  storedKeyHint?: string
  onClose: () => void
}

export function ChannelDrawer(props: ChannelDrawerProps) {
  const { draft, testTarget, storedKeyHint, initialValues, ...drawer } = props
  const { t } = useTranslation()
  const { form, rule } = drawer.contractForm
  const groups = useChannelGroups()
  const [tested, setTested] = useState<TestTarget | null>(null)
  const test = async () => {
    const values = await form.validateFields().catch(() => null)
    if (values) setTested(testTarget(values))
  }
  const { begun, watch, close, discard } = useKeptForm({
    form,
    initialValues,
    blank: { name: '', base_url: '' },
    draft,
    groups,
    onClose: drawer.onClose,
  })
  return (
    <>
      <FormDrawer
        {...drawer}
        initialValues={begun}
        watch={watch}
        onClose={close}
        aside={<Button onClick={test}>{t('channels.test')}</Button>}
      >
        {draft.kept ? <RestoredDraft onDiscard={discard} /> : null}
        <ChannelFields rule={rule} storedKeyHint={storedKeyHint} groups={groups} />
      </FormDrawer>
      {tested ? (
        <ChannelTestDialog
          name={form.getFieldValue('name')}
          target={tested}
          onClose={() => setTested(null)}
        />
      ) : null}
    </>
  )
}
