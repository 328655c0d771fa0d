/** Sends one small real request through a channel, saved or not, and shows what came back. */
import {
  type ChannelTestResult,
  channelEndpoints,
  channelTestSchema,
} from '@claude-gateway/contract/channel.ts'
import type { CallInput } from '@claude-gateway/contract/endpoint.ts'
import { Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChannelTestResultView } from '../../../components/channel-test-result.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { FormError } from '../../../components/form-error.tsx'
import { SubmitButton } from '../../../components/submit-button.tsx'
import { useContractForm } from '../../../components/use-contract-form.ts'

/** Everything that a test is told but the model. */
export type TestTarget = Omit<CallInput<typeof channelEndpoints.test>['body'], 'model'>

const { model: DEFAULT_MODEL } = channelTestSchema.parse({})

interface ChannelTestDialogProps {
  name: string
  target: TestTarget
  onClose: () => void
}

export function ChannelTestDialog({ name, target, onClose }: ChannelTestDialogProps) {
  const { t } = useTranslation()
  const [result, setResult] = useState<ChannelTestResult | null>(null)
  const { form, rule, submit, submitting, error } = useContractForm({
    endpoint: channelEndpoints.test,
    refreshes: [channelEndpoints.list],
    toCall: ({ model }: { model: string }) => ({ body: { ...target, model } }),
    onDone: setResult,
  })
  return (
    <Dialog title={t('channelTest.title', { name })} onCancel={onClose} footer={null} destroyOnHidden>
      <p>{t('channelTest.lead')}</p>
      <Form form={form} initialValues={{ model: DEFAULT_MODEL }} onFinish={submit} layout="vertical">
        <FormError error={error} />
        <Form.Item
          name="model"
          label={t('channelTest.model')}
          extra={t('channelTest.modelHint')}
          rules={[rule]}
        >
          <Input autoFocus spellCheck={false} />
        </Form.Item>
        <SubmitButton submitting={submitting} block>
          {t(submitting ? 'channelTest.running' : 'channelTest.run')}
        </SubmitButton>
      </Form>
      {result && !submitting ? <ChannelTestResultView result={result} /> : null}
    </Dialog>
  )
}
