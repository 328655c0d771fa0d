/** Puts the focus of what opens where its reader begins: Ant Design moves it to a button or to the frame. */

/** Of several to choose from, the chosen one; where there is no field, the content itself, which then is no stop of Tab. */
export function focusFirst(content: HTMLElement | null): void {
  // Whatever has taken it already keeps it.
  if (!content || content.contains(document.activeElement)) return
  const field = content.querySelector<HTMLElement>('input:not([disabled], [hidden]), textarea')
  const chosen = field?.matches('[type=radio]') ? content.querySelector<HTMLElement>('input:checked') : null
  const first = chosen ?? field ?? content
  first.focus()
}
