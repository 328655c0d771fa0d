/** The console's own signs, drawn with one pen: they stand for pages, so they must be told apart at a glance. */
import type { ReactNode } from 'react'

function Sign({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width="18"
      height="18"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}

/** One way in, several ways on. */
export function ChannelsSign() {
  return (
    <Sign>
      <path d="M2.5 10h4c3.5 0 3-5.5 6.5-5.5h4M6.5 10H17M6.5 10c3.5 0 3 5.5 6.5 5.5h4" />
    </Sign>
  )
}

/** One name becomes another. */
export function MappingsSign() {
  return (
    <Sign>
      <path d="M3 7h13M13 4l3 3-3 3M17 13H4M7 10l-3 3 3 3" />
    </Sign>
  )
}

export function KeysSign() {
  return (
    <Sign>
      <circle cx="6.5" cy="13.5" r="3.5" />
      <path d="M9.2 10.8 16.5 3.5M13 7l2.8 2.8M16.5 3.5l1 1" />
    </Sign>
  )
}

export function RequestsSign() {
  return (
    <Sign>
      <path d="M3.5 5h.01M3.5 10h.01M3.5 15h.01M7.5 5H17M7.5 10H17M7.5 15h6" />
    </Sign>
  )
}
