/** A form over one endpoint: checked by the contract's own schema, its faults shown beside their fields. */
import type { Endpoint, ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import { Form, type FormInstance, type FormRule } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../api/api-error.ts'
import type { Call } from '../api/client.ts'
import { useAction } from '../api/use-endpoint.ts'
import { faultWords } from '../i18n/error-words.ts'
import { faultsOf } from './form-faults.ts'

interface ContractFormOptions<E extends Endpoint, Values> {
  endpoint: E
  /** What is read anew once it is done. */
  refreshes: readonly Endpoint[]
  /** The call that these values make. */
  toCall: (values: Values) => Call<E>
  onDone: (answer: ResponseOf<E>) => void
}

export interface ContractForm<Values> {
  form: FormInstance<Values>
  /** For every field: `rules={[rule]}`. */
  rule: FormRule
  submit: (values: Values) => void
  submitting: boolean
  /** An error that belongs to no field of the form. */
  error: ApiError | null
}

export function useContractForm<E extends Endpoint, Values extends object>(
  options: ContractFormOptions<E, Values>,
): ContractForm<Values> {
  const { endpoint, toCall, onDone } = options
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const action = useAction(endpoint, options.refreshes)
  const fieldNames = () => form.getFieldsError().map(({ name }) => String(name[0]))
  const rule = {
    validator: async (asked: { field?: string }) => {
      const { body } = toCall(form.getFieldsValue(true)) as { body?: unknown }
      const fault = faultsOf(endpoint.body.safeParse(body)).get(asked.field ?? '')
      if (fault !== undefined) throw new Error(faultWords(t, fault))
    },
  } as FormRule
  const showFaults = ({ fields }: ApiError) => {
    const faults = Object.entries(fields).map(([path, fault]) => ({
      name: path.split('.')[0],
      errors: [faultWords(t, fault)],
    }))
    form.setFields(faults as Parameters<typeof form.setFields>[0])
  }
  const submit = (values: Values) => {
    if (!action.isPending) action.mutate(toCall(values), { onSuccess: onDone, onError: showFaults })
  }
  const named = Object.keys(action.error?.fields ?? {}).map((path) => path.split('.')[0])
  const allShown = named.length > 0 && named.every((name) => fieldNames().includes(name ?? ''))
  return { form, rule, submit, submitting: action.isPending, error: allShown ? null : action.error }
}
