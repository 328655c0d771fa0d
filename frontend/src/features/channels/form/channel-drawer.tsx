/** The form of a channel, new or old, with its test beside the buttons. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDrawer } from '../../../components/form-drawer.tsx'
import type { ContractForm } from '../../../components/use-contract-form.ts'
import { ChannelTestDialog, type TestTarget } from '../test/channel-test-dialog.tsx'
import { ChannelFields } from './channel-fields.tsx'
import type { ChannelValues } from './channel-values.ts'

interface ChannelDrawerProps {
  title: string
  submitLabel: string
  contractForm: ContractForm<ChannelValues>
  initialValues: Partial<ChannelValues>
  /** What a test of the values as they stand would ask. */
  testTarget: (values: ChannelValues) => TestTarget
  storedKeyHint?: string
  onClose: () => void
}

export function ChannelDrawer({ testTarget, storedKeyHint, ...drawer }: ChannelDrawerProps) {
  const { t } = useTranslation()
  const { form, rule } = drawer.contractForm
  const [tested, setTested] = useState<TestTarget | null>(null)
  const test = async () => {
    const values = await form.validateFields().catch(() => null)
    if (values) setTested(testTarget(values))
  }
  return (
    <>
      <FormDrawer {...drawer} aside={<Button onClick={test}>{t('channels.test')}</Button>}>
        <ChannelFields rule={rule} storedKeyHint={storedKeyHint} />
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
