/** Asks to sign in again, over the page as it stands, so that nothing that was typed is lost. */
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LoginForm } from '../features/login/login-form.tsx'
import { useSession, useSignOut } from './session.tsx'

const WIDTH_PX = 400
/** Above every drawer and dialog of the page. */
const Z_INDEX = 1500

// The name is known already; a field that takes the focus by itself would do so before it can be seen.
const password = () =>
  document.querySelector<HTMLInputElement>('[role=dialog] [autocomplete=current-password]')

export function SignInAgain() {
  const { t } = useTranslation()
  const session = useSession().data
  const leave = useSignOut()
  const [last, setLast] = useState<string | null>(null)
  if (session?.signed_in && session.username !== last) setLast(session.username)
  if (!session || session.signed_in) return null
  return (
    <Modal
      open
      title={t('again.title')}
      width={WIDTH_PX}
      zIndex={Z_INDEX}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={null}
      afterOpenChange={(open) => open && password()?.focus()}
    >
      <p>{t('again.hint')}</p>
      <LoginForm username={last} />
      <Button type="text" block onClick={leave} style={{ marginTop: 8 }}>
        {t('again.leave')}
      </Button>
    </Modal>
  )
}
