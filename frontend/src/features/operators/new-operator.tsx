/** The drawer in which an operator is added. */
import type { CallInput } from '@claude-gateway/contract/endpoint.ts'
import { operatorEndpoints } from '@claude-gateway/contract/operator.ts'
import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDrawer } from '../../components/form-drawer.tsx'
import { useContractForm } from '../../components/use-contract-form.ts'
import { useTell } from '../../components/use-tell.ts'

type Values = CallInput<typeof operatorEndpoints.create>['body']

export function NewOperator({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const tell = useTell()
  const contractForm = useContractForm({
    endpoint: operatorEndpoints.create,
    refreshes: [operatorEndpoints.list],
    toCall: (values: Values) => ({ body: values }),
    onDone: ({ username }) => {
      tell.done(t('operators.added', { name: username }))
      onClose()
    },
  })
  return (
    <FormDrawer
      title={t('operators.add')}
      submitLabel={t('act.add')}
      contractForm={contractForm}
      initialValues={{}}
      onClose={onClose}
    >
      <Form.Item name="username" label={t('signIn.username')} rules={[contractForm.rule]}>
        <Input autoFocus autoComplete="off" autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('signIn.password')}
        extra={t('operators.passwordHint')}
        rules={[contractForm.rule]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </FormDrawer>
  )
}
