/** One field that finds pages, things and actions; arrows choose, Enter does. */
import { Modal } from 'antd'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './command-palette.module.css'
import { type Command, type CommandGroup, useCommands } from './use-commands.ts'

const WIDTH_PX = 560
const TOP_PX = 96

interface CommandPaletteProps {
  onClose: () => void
  onHelp: () => void
}

export function CommandPalette({ onClose, onHelp }: CommandPaletteProps) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      width={WIDTH_PX}
      style={{ top: TOP_PX }}
      closable={false}
      footer={null}
      styles={{ container: { padding: 0 } }}
      title={<span className="visually-hidden">{t('palette.open')}</span>}
      onCancel={onClose}
    >
      <Finder onClose={onClose} onHelp={onHelp} />
    </Modal>
  )
}

function Finder({ onClose, onHelp }: CommandPaletteProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const listId = useId()
  const groups = useCommands(typed.trim(), onHelp)
  const flat = groups.flatMap(({ commands }) => commands)
  const here = Math.min(at, flat.length - 1)
  const chosen = flat[here]
  const run = (command: Command) => {
    onClose()
    command.run()
  }
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || !chosen) return
    const move = (by: number) => setAt((here + by + flat.length) % flat.length)
    const act = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: () => run(chosen) }[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  const type = (words: string) => {
    setTyped(words)
    setAt(0)
  }
  return (
    <>
      <input
        // biome-ignore lint/a11y/noAutofocus: the palette is opened in order to type.
        autoFocus
        role="combobox"
        className={styles['field']}
        aria-label={t('palette.open')}
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={chosen ? optionId(listId, chosen) : undefined}
        placeholder={t('palette.placeholder')}
        spellCheck={false}
        value={typed}
        onChange={({ target }) => type(target.value)}
        onKeyDown={press}
      />
      <Options id={listId} groups={groups} chosen={chosen} onRun={run} />
    </>
  )
}

const optionId = (listId: string, { key }: Command) => `${listId}-${key.replace(/\W/g, '-')}`

interface OptionsProps {
  id: string
  groups: readonly CommandGroup[]
  chosen: Command | undefined
  onRun: (command: Command) => void
}

function Options({ id, groups, chosen, onRun }: OptionsProps) {
  const { t } = useTranslation()
  if (groups.length === 0) return <p className={styles['nothing']}>{t('palette.nothing')}</p>
  return (
    <div id={id} role="listbox" aria-label={t('palette.open')} className={styles['list']}>
      {groups.map(({ title, commands }) => (
        // biome-ignore lint/a11y/useSemanticElements: groups of options have no element of their own.
        <div key={title} role="group" aria-label={title}>
          <div className={styles['caption']} aria-hidden="true">
            {title}
          </div>
          {commands.map((command) => (
            <Option
              key={command.key}
              id={optionId(id, command)}
              command={command}
              selected={command.key === chosen?.key}
              onRun={onRun}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

interface OptionProps {
  id: string
  command: Command
  selected: boolean
  onRun: (command: Command) => void
}

function Option({ id, command, selected, onRun }: OptionProps) {
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (selected) line.current?.scrollIntoView({ block: 'nearest' })
  }, [selected])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keyboard, and chooses by arrows and Enter.
    <div
      ref={line}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      className={styles['option']}
      onClick={() => onRun(command)}
    >
      <span>{command.label}</span>
      {command.hint === undefined ? null : <small>{command.hint}</small>}
    </div>
  )
}
