/** Text to take along, with a button that copies it. */
import { CheckOutlined, CopyOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './copy-block.module.css'

const SHOWN_MS = 2000

/** Selects the text where the clipboard is refused (plain http on another machine), so that the keyboard can copy it. */
async function copy(text: string, block: Element | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    if (block) window.getSelection()?.selectAllChildren(block)
    return false
  }
}

export function CopyBlock({ label, text }: { label: string; text: string }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <figure className={styles['block']}>
      <figcaption>
        <span>{label}</span>
        <Button
          size="small"
          type="text"
          icon={copied ? <CheckOutlined /> : <CopyOutlined />}
          aria-label={`${t('act.copy')}: ${label}`}
          onClick={async (event) => {
            const block = event.currentTarget.closest('figure')?.querySelector('pre') ?? null
            setCopied(await copy(text, block))
          }}
        >
          {t(copied ? 'act.copied' : 'act.copy')}
        </Button>
      </figcaption>
      <pre>{text}</pre>
    </figure>
  )
}
