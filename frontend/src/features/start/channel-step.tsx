/** The first step: the fields without which no channel is, its test, and done. The rest is on the channel's own form. */
import { type ChannelView, channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../api/use-endpoint.ts'
import { ChannelTestResultView } from '../../components/channel-test-result.tsx'
import { FormError } from '../../components/form-error.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { ResolvedAddress } from '../../components/resolved-address.tsx'
import { SubmitButton } from '../../components/submit-button.tsx'
import { useContractForm } from '../../components/use-contract-form.ts'
import { useTell } from '../../components/use-tell.ts'
import sheet from './sheet.module.css'
import { Step } from './step.tsx'

export type StartChannel = Pick<ChannelView, 'name' | 'enabled' | 'priority' | 'state'>

interface Values {
  name: string
  base_url: string
  api_key: string
}

/** The channel that a request would go to first; where none takes requests, one that is switched off. */
function channelToName(channels: readonly StartChannel[]): StartChannel | undefined {
  const ranked = channels.toSorted((one, other) => other.priority - one.priority)
  return (
    ranked.find(({ state }) => state.state === 'active') ??
    ranked.find(({ enabled }) => enabled) ??
    ranked.at(0)
  )
}

export function ChannelStep({ channels }: { channels: readonly StartChannel[] }) {
  const { t } = useTranslation()
  const [another, setAnother] = useState(false)
  const channel = channelToName(channels)
  if (!channel || another) {
    return (
      <Step title={t('start.channel.title')} hint={t('start.channel.hint')} state="open">
        <ChannelForm onDone={() => setAnother(false)} />
      </Step>
    )
  }
  const { name, enabled } = channel
  return (
    <Step
      title={t('start.channel.title')}
      hint={t(enabled ? 'start.channel.there' : 'start.channel.off', { name })}
      state={enabled ? 'done' : 'open'}
    >
      {enabled ? null : (
        <LinkButton size="small" to="/channels">
          {t('start.channel.toList')}
        </LinkButton>
      )}{' '}
      <Button size="small" onClick={() => setAnother(true)}>
        {t('start.channel.another')}
      </Button>
    </Step>
  )
}

function ChannelForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const tell = useTell()
  const { form, rule, submit, submitting, error } = useContractForm({
    endpoint: channelEndpoints.create,
    refreshes: [channelEndpoints.list],
    toCall: (values: Values) => ({ body: values }),
    onDone,
  })
  const test = useAction(channelEndpoints.test, [])
  const tryOut = async () => {
    const values = await form.validateFields(['base_url', 'api_key']).catch(() => null)
    if (values) test.mutate({ body: values }, { onError: tell.failed })
  }
  return (
    <Form<Values>
      className={sheet['sheet'] ?? ''}
      form={form}
      onFinish={submit}
      layout="vertical"
      requiredMark={false}
      validateTrigger="onBlur"
    >
      <FormError error={error} />
      <Fields rule={rule} />
      <div className={sheet['buttons']}>
        <SubmitButton submitting={submitting}>{t('channels.add')}</SubmitButton>
        <Button onClick={tryOut} loading={test.isPending}>
          {t('start.channel.test')}
        </Button>
      </div>
      {test.data && !test.isPending ? <ChannelTestResultView result={test.data} /> : null}
    </Form>
  )
}

function Fields({ rule }: { rule: ReturnType<typeof useContractForm>['rule'] }) {
  const { t } = useTranslation()
  return (
    <>
      <Form.Item name="name" label={t('channelForm.name')} rules={[rule]}>
        <Input placeholder={t('channelForm.namePlaceholder')} />
      </Form.Item>
      <Form.Item
        name="base_url"
        label={t('channelForm.baseUrl')}
        extra={<ResolvedAddress hint={t('channelForm.baseUrlHint')} />}
        rules={[rule]}
      >
        <Input placeholder="https://api.anthropic.com" inputMode="url" spellCheck={false} />
      </Form.Item>
      <Form.Item
        name="api_key"
        label={t('channelForm.apiKey')}
        extra={t('channelForm.apiKeyHint')}
        rules={[rule]}
      >
        <Input.Password autoComplete="off" placeholder="sk-ant-…" />
      </Form.Item>
    </>
  )
}
