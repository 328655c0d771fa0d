/** What is shown while there is no channel: the three steps to the first request. */
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../../../components/link-button.tsx'
import styles from './first-steps.module.css'

export function FirstSteps({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation()
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={onAdd}>
      {t('channels.add')}
    </Button>
  )
  const steps = [
    { name: 'channel', action: add },
    { name: 'key', action: <LinkButton to="/keys">{t('steps.key.action')}</LinkButton> },
    { name: 'request', action: <LinkButton to="/requests">{t('steps.request.action')}</LinkButton> },
  ] as const
  return (
    <section className={styles['steps']}>
      <h2>{t('steps.title')}</h2>
      <ol>
        {steps.map(({ name, action }) => (
          <li key={name}>
            <h3>{t(`steps.${name}.title`)}</h3>
            <p>{t(`steps.${name}.hint`)}</p>
            {action}
          </li>
        ))}
      </ol>
    </section>
  )
}
