/** The drawers in which a price is added or changed. */
import { type PriceView, priceEndpoints } from '@claude-gateway/contract/price.ts'
import { useTranslation } from 'react-i18next'
import { FormDrawer } from '../../components/form-drawer.tsx'
import { useContractForm } from '../../components/use-contract-form.ts'
import { useSaved } from '../../components/use-saved.ts'
import { PriceFields } from './price-fields.tsx'
import { bodyOf, NEW_PRICE, type PriceValues, valuesOf } from './price-values.ts'

const REFRESHES = [priceEndpoints.list, priceEndpoints.resolve]

export function NewPrice({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const contractForm = useContractForm({
    endpoint: priceEndpoints.create,
    refreshes: REFRESHES,
    toCall: (values: PriceValues) => ({ body: bodyOf(values) }),
    onDone: useSaved(onClose),
  })
  return (
    <FormDrawer
      title={t('prices.add')}
      submitLabel={t('act.add')}
      contractForm={contractForm}
      initialValues={NEW_PRICE}
      onClose={onClose}
    >
      <PriceFields rule={contractForm.rule} />
    </FormDrawer>
  )
}

export function EditPrice({ price, onClose }: { price: PriceView; onClose: () => void }) {
  const { t } = useTranslation()
  const contractForm = useContractForm({
    endpoint: priceEndpoints.update,
    refreshes: REFRESHES,
    toCall: (values: PriceValues) => ({ params: { id: price.id }, body: bodyOf(values) }),
    onDone: useSaved(onClose),
  })
  return (
    <FormDrawer
      title={t('prices.edit')}
      submitLabel={t('act.save')}
      contractForm={contractForm}
      initialValues={valuesOf(price)}
      onClose={onClose}
    >
      <PriceFields rule={contractForm.rule} isShipped={price.origin === 'shipped'} />
    </FormDrawer>
  )
}
