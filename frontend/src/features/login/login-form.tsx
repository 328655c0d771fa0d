/** User name and password. */
import { authEndpoints } from '@claude-gateway/contract/auth.ts'
import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAdoptSession } from '../../app/session.tsx'
import { FormError } from '../../components/form-error.tsx'
import { SubmitButton } from '../../components/submit-button.tsx'
import { useContractForm } from '../../components/use-contract-form.ts'

interface Values {
  username: string
  password: string
}

/** @param username who signed in before, if somebody did */
export function LoginForm({ username = null }: { username?: string | null }) {
  const { t } = useTranslation()
  const { form, rule, submit, submitting, error } = useContractForm({
    endpoint: authEndpoints.login,
    refreshes: [],
    toCall: (values: Values) => ({ body: values }),
    onDone: useAdoptSession(),
  })
  const wrong = error?.status === 401 ? t('signIn.wrong') : undefined
  return (
    <Form<Values>
      form={form}
      initialValues={{ username }}
      onFinish={submit}
      layout="vertical"
      requiredMark={false}
      validateTrigger={[]}
    >
      <FormError error={error} words={wrong} />
      <Form.Item name="username" label={t('signIn.username')} rules={[rule]}>
        <Input
          autoFocus={username === null}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          size="large"
        />
      </Form.Item>
      <Form.Item name="password" label={t('signIn.password')} rules={[rule]}>
        <Input.Password autoComplete="current-password" size="large" />
      </Form.Item>
      <SubmitButton size="large" block submitting={submitting}>
        {t('signIn.submit')}
      </SubmitButton>
    </Form>
  )
}
