/** What is asked: of which model, on which channel, with which words, thoughts and tools. */
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { priceEndpoints } from '@claude-gateway/contract/price.ts'
import { AutoComplete, Button, Form, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { useFormDraft } from '../../components/use-form-draft.ts'
import styles from './playground-page.module.css'
import { ANY_CHANNEL, EXAMPLE_TOOL, FIRST_QUESTION, type QuestionValues, readTools } from './question.ts'

interface QuestionFormProps {
  /** Whether there is a key to ask with. */
  ready: boolean
  busy: boolean
  onSend: (values: QuestionValues) => void
  onStop: () => void
}

export function QuestionForm({ ready, busy, onSend, onStop }: QuestionFormProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<QuestionValues>()
  const draft = useFormDraft<QuestionValues>('playground', (values) => values)
  const sendByKeys = (event: React.KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && ready && !busy) form.submit()
  }
  return (
    <Form<QuestionValues>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ ...FIRST_QUESTION, ...draft.kept }}
      onValuesChange={(_, values) => draft.keep(values)}
      onFinish={onSend}
      onKeyDown={sendByKeys}
    >
      <TargetFields />
      <Form.Item
        name="text"
        label={t('playground.text')}
        rules={[{ required: true, whitespace: true, message: t('faults.missing') }]}
      >
        <Input.TextArea
          autoSize={{ minRows: 4, maxRows: 16 }}
          placeholder={t('playground.textPlaceholder')}
        />
      </Form.Item>
      <Form.Item name="system" label={t('playground.system')}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 8 }} />
      </Form.Item>
      <AmountFields />
      <ToolsField onExample={() => form.setFieldValue('tools', EXAMPLE_TOOL)} />
      <div className={styles['actions']}>
        <Button type="primary" htmlType="submit" disabled={!ready || busy}>
          {t('playground.send')}
        </Button>
        {busy ? <Button onClick={onStop}>{t('playground.stop')}</Button> : null}
        <kbd>Ctrl Enter</kbd>
      </div>
    </Form>
  )
}

function TargetFields() {
  const { t } = useTranslation()
  const channels = useEndpoint(channelEndpoints.list, {}).data?.data ?? []
  const prices = useEndpoint(priceEndpoints.list, { query: {} }).data?.data ?? []
  const models = [...new Set(prices.map(({ model }) => model))].filter((name) => /^claude-[^*]+$/.test(name))
  const places = [
    { value: ANY_CHANNEL, label: t('playground.anyChannel') },
    ...channels.map(({ id, name }) => ({ value: id, label: name })),
  ]
  return (
    <div className={styles['pair']}>
      <Form.Item
        name="model"
        label={t('playground.model')}
        rules={[{ required: true, whitespace: true, message: t('faults.missing') }]}
      >
        <AutoComplete options={models.map((value) => ({ value }))} showSearch={{ filterOption: true }} />
      </Form.Item>
      <Form.Item name="channel_id" label={t('playground.channel')}>
        <Select options={places} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
    </div>
  )
}

function AmountFields() {
  const { t } = useTranslation()
  return (
    <div className={styles['pair']}>
      <Form.Item name="max_tokens" label={t('playground.maxTokens')}>
        <InputNumber<number> min={1} max={200_000} precision={0} />
      </Form.Item>
      <Form.Item name="thinking_tokens" label={t('playground.thinking')} extra={t('playground.thinkingHint')}>
        <InputNumber<number> min={0} max={100_000} step={1024} precision={0} />
      </Form.Item>
    </div>
  )
}

function ToolsField({ onExample }: { onExample: () => void }) {
  const { t } = useTranslation()
  const sound = {
    validator: async (_: unknown, text: string) => {
      if (readTools(text) === undefined) throw new Error(t('playground.toolsFault'))
    },
  }
  return (
    <Form.Item
      name="tools"
      label={t('playground.tools')}
      rules={[sound]}
      validateTrigger="onBlur"
      extra={
        <Button size="small" type="link" onClick={onExample}>
          {t('playground.toolExample')}
        </Button>
      }
    >
      <Input.TextArea autoSize={{ minRows: 1, maxRows: 12 }} spellCheck={false} placeholder="[]" />
    </Form.Item>
  )
}
