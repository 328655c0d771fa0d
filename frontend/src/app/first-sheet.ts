/** Takes away the sheet that index.html shows first, as soon as something of the console itself stands below it. */

/** @param root where the console is drawn; what waits for its scripts or its session is marked `data-page-loading` */
export function endFirstSheet(root: HTMLElement): void {
  const sheet = document.getElementById('first-sheet')
  if (!sheet) return
  // Called after React has drawn and before the browser paints: neither a gap nor both at once is ever seen.
  const observer = new MutationObserver(() => {
    if (root.querySelector('[data-page-loading]')) return
    sheet.remove()
    observer.disconnect()
  })
  observer.observe(root, { childList: true, subtree: true })
}
