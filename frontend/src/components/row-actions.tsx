/** Edit and delete, at the end of a row. */
import { DeleteOutlined, EditOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'

interface RowActionsProps {
  /** What the row is called, for screen readers. */
  name: string
  onEdit: () => void
  onDelete: () => void
}

export function RowActions({ name, onEdit, onDelete }: RowActionsProps) {
  const { t } = useTranslation()
  return (
    <span>
      <Button
        size="small"
        type="text"
        icon={<EditOutlined />}
        aria-label={`${t('act.edit')}: ${name}`}
        onClick={onEdit}
      />
      <Button
        size="small"
        type="text"
        icon={<DeleteOutlined />}
        aria-label={`${t('act.delete')}: ${name}`}
        onClick={onDelete}
      />
    </span>
  )
}
