/** The first operator's name and password, and the one-time token where the link did not bring it. */
import { authEndpoints } from '@claude-gateway/contract/auth.ts'
import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAdoptSession } from '../../app/session.tsx'
import { FormError } from '../../components/form-error.tsx'
import { SubmitButton } from '../../components/submit-button.tsx'
import { useContractForm } from '../../components/use-contract-form.ts'

interface Values {
  token: string
  username: string
  password: string
}

export function SetupForm({ token }: { token: string | null }) {
  const { t } = useTranslation()
  const { form, rule, submit, submitting, error } = useContractForm({
    endpoint: authEndpoints.setup,
    refreshes: [],
    toCall: (values: Values) => ({ body: token === null ? values : { ...values, token } }),
    onDone: useAdoptSession(),
  })
  const wrong = error?.status === 401 || error?.status === 403 ? t('setup.wrongToken') : undefined
  return (
    <Form<Values>
      form={form}
      onFinish={submit}
      layout="vertical"
      requiredMark={false}
      validateTrigger="onBlur"
    >
      <FormError error={error} words={wrong} />
      {token === null ? (
        <Form.Item name="token" label={t('setup.token')} extra={t('setup.tokenHint')} rules={[rule]}>
          <Input autoFocus autoComplete="off" spellCheck={false} size="large" />
        </Form.Item>
      ) : null}
      <Form.Item name="username" label={t('signIn.username')} rules={[rule]}>
        <Input autoFocus={token !== null} autoComplete="username" autoCapitalize="none" size="large" />
      </Form.Item>
      <Form.Item name="password" label={t('signIn.password')} extra={t('setup.passwordHint')} rules={[rule]}>
        <Input.Password autoComplete="new-password" size="large" />
      </Form.Item>
      <SubmitButton size="large" block submitting={submitting}>
        {t('setup.submit')}
      </SubmitButton>
    </Form>
  )
}
