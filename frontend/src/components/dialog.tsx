/** A dialog that begins where its reader does: at its first field, or at what is chosen, and not at the button that closes it. */
import { Modal, type ModalProps } from 'antd'
import { useRef } from 'react'

const FIRST = ['input:checked', 'input:not([disabled])', 'textarea']

/** Mounted while open, so that a closed dialog keeps nothing. */
export function Dialog({ children, ...modal }: Omit<ModalProps, 'open' | 'afterOpenChange'>) {
  const content = useRef<HTMLDivElement>(null)
  const begin = (isOpen: boolean) => {
    // Ant Design moves the focus of what opens to its first button: whatever wanted it before has to be given it again.
    if (!isOpen || content.current?.contains(document.activeElement)) return
    const fields = FIRST.map((kind) => content.current?.querySelector<HTMLElement>(kind))
    const first = fields.find(Boolean) ?? content.current
    first?.focus()
  }
  return (
    <Modal open {...modal} afterOpenChange={begin}>
      <div ref={content} tabIndex={-1} style={{ outline: 'none' }}>
        {children}
      </div>
    </Modal>
  )
}
