/** Which groups of a form are open. A group that holds a fault is opened, so that the fault can be seen. */
import { useState } from 'react'

/** Names of groups, each with the fields in it. */
type Groups<Name extends string> = Readonly<Record<Name, readonly string[]>>

export interface OpenGroups<Name extends string> {
  isOpen(group: Name): boolean
  toggle(group: Name, open: boolean): void
  /** Opens the groups of these fields. */
  show(fields: readonly string[]): void
}

/** @param atFirst the groups that stand open when the form does */
export function useOpenGroups<Name extends string>(
  groups: Groups<Name>,
  atFirst: readonly Name[],
): OpenGroups<Name> {
  const [open, setOpen] = useState<ReadonlySet<Name>>(new Set(atFirst))
  return {
    isOpen: (group) => open.has(group),
    toggle: (group, isOpen) =>
      setOpen((before) => new Set(isOpen ? [...before, group] : [...before].filter((one) => one !== group))),
    show: (fields) => {
      const names = Object.keys(groups) as Name[]
      const wanted = names.filter((group) => groups[group].some((field) => fields.includes(field)))
      setOpen((before) => new Set([...before, ...wanted]))
    },
  }
}
