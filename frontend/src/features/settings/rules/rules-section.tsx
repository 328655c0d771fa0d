/** Rules for reading failed answers of upstreams: a relay's own wording, told to the gateway. */
import { PlusOutlined } from '@ant-design/icons'
import { outcomeRuleEndpoints } from '@claude-gateway/contract/outcome-rule.ts'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import { QueryView } from '../../../components/query-view.tsx'
import { Section } from '../../../components/section.tsx'
import { usePanel } from '../../../components/use-panel.ts'
import { RuleDrawer } from './rule-drawer.tsx'
import { RuleTable } from './rule-table.tsx'
import styles from './rules-section.module.css'
import { TryAnswer } from './try-answer.tsx'

export function RulesSection() {
  const { t } = useTranslation()
  const { target, open, close } = usePanel('rule')
  const rules = useEndpoint(outcomeRuleEndpoints.list, {})
  const edited = rules.data?.data.find(({ id }) => id === target)
  return (
    <Section
      title={t('rules.title')}
      aside={
        <Button size="small" icon={<PlusOutlined />} onClick={() => open('new')}>
          {t('rules.add')}
        </Button>
      }
    >
      <p className={styles['lead']}>{t('rules.lead')}</p>
      <QueryView query={rules}>
        {({ data }) =>
          data.length === 0 ? (
            <p className={styles['empty']}>{t('rules.empty')}</p>
          ) : (
            <RuleTable rules={data} onOpen={open} />
          )
        }
      </QueryView>
      <h3 className={styles['heading']}>{t('rules.try')}</h3>
      <TryAnswer />
      {target === 'new' ? <RuleDrawer rule={null} onClose={close} /> : null}
      {edited ? <RuleDrawer key={edited.id} rule={edited} onClose={close} /> : null}
    </Section>
  )
}
