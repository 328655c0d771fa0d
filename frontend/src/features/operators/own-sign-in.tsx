/** One's own sign-in: a new password, and the end of sessions in other browsers. */
import type { CallInput } from '@claude-gateway/contract/endpoint.ts'
import { operatorEndpoints } from '@claude-gateway/contract/operator.ts'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../api/use-endpoint.ts'
import { FormError } from '../../components/form-error.tsx'
import { Section } from '../../components/section.tsx'
import { SubmitButton } from '../../components/submit-button.tsx'
import { useContractForm } from '../../components/use-contract-form.ts'
import { useTell } from '../../components/use-tell.ts'
import styles from './operators-page.module.css'

export function OwnSignIn({ username }: { username: string }) {
  const { t } = useTranslation()
  return (
    <Section title={t('operators.own')}>
      <div className={styles['own']}>
        <PasswordForm username={username} />
        <OtherSessions />
      </div>
    </Section>
  )
}

type Values = CallInput<typeof operatorEndpoints.changePassword>['body']

function PasswordForm({ username }: { username: string }) {
  const { t } = useTranslation()
  const tell = useTell()
  const { form, rule, submit, submitting, error } = useContractForm({
    endpoint: operatorEndpoints.changePassword,
    refreshes: [operatorEndpoints.list],
    toCall: (values: Values) => ({ body: values }),
    onDone: () => {
      tell.done(t('operators.passwordChanged'))
      form.resetFields()
    },
  })
  return (
    <Form<Values> form={form} onFinish={submit} layout="vertical" requiredMark={false} validateTrigger={[]}>
      <FormError error={error} />
      {/* Tells a password manager whose password this is. */}
      <input hidden readOnly autoComplete="username" value={username} />
      <Form.Item name="old_password" label={t('operators.oldPassword')} rules={[rule]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="new_password"
        label={t('operators.newPassword')}
        extra={t('operators.newPasswordHint')}
        rules={[rule]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <SubmitButton submitting={submitting}>{t('operators.changePassword')}</SubmitButton>
    </Form>
  )
}

function OtherSessions() {
  const { t } = useTranslation()
  const tell = useTell()
  const end = useAction(operatorEndpoints.signOutOthers, [operatorEndpoints.list])
  const act = () =>
    end.mutate(
      {},
      {
        onSuccess: ({ ended_sessions }) => tell.done(t('operators.ended', { count: ended_sessions })),
        onError: tell.failed,
      },
    )
  return (
    <div>
      <h3>{t('operators.others')}</h3>
      <p>{t('operators.othersHint')}</p>
      <Button onClick={act} loading={end.isPending}>
        {t('operators.endOthers')}
      </Button>
    </div>
  )
}
