/** Says that a form holds what was typed before, and lets go of it. */
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'

export function RestoredDraft({ onDiscard }: { onDiscard: () => void }) {
  const { t } = useTranslation()
  return (
    <Alert
      type="info"
      showIcon
      title={t('channelForm.restored')}
      style={{ marginBottom: 14 }}
      action={
        <Button size="small" onClick={onDiscard}>
          {t('channelForm.discard')}
        </Button>
      }
    />
  )
}
