/** A dialog that begins where its reader does: at its first field, or at what is chosen, and not at the button that closes it. */
import { Modal, type ModalProps } from 'antd'
import { useRef } from 'react'
import { focusFirst } from './focus-first.ts'

/** Mounted while open, so that a closed dialog keeps nothing. */
export function Dialog({ children, ...modal }: Omit<ModalProps, 'open' | 'afterOpenChange'>) {
  const content = useRef<HTMLDivElement>(null)
  return (
    <Modal open {...modal} afterOpenChange={(isOpen) => isOpen && focusFirst(content.current)}>
      <div ref={content} tabIndex={-1} style={{ outline: 'none' }}>
        {children}
      </div>
    </Modal>
  )
}
