/** The signs of the pages, drawn with one pen: they must be told apart at a glance. */

/** One path each, in a square of 20. */
const PATHS = {
  // The first step on a way.
  start: 'M4 17V3.5M4 4.5h11l-2.5 3.5 2.5 3.5H4',
  // A line that rises and falls.
  dashboard: 'M3 3v14h14M6 12.5l3-4 3 2.5 4.5-6',
  requests: 'M3.5 5h.01M3.5 10h.01M3.5 15h.01M7.5 5H17M7.5 10H17M7.5 15h6',
  // A trunk and its branches.
  sessions: 'M4 3v11.5M4 6.5h6M4 14.5h6M13 4.5h4v4h-4zM13 12.5h4v4h-4z',
  // One way in, several ways on.
  channels: 'M2.5 10h4c3.5 0 3-5.5 6.5-5.5h4M6.5 10H17M6.5 10c3.5 0 3 5.5 6.5 5.5h4',
  // One name becomes another.
  mappings: 'M3 7h13M13 4l3 3-3 3M17 13H4M7 10l-3 3 3 3',
  keys: 'M10 13.5a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0M9.2 10.8 16.5 3.5M13 7l2.8 2.8',
  playground: 'M3 4h14v9.5H9l-4 3.5v-3.5H3zM8.5 6.7v4.2l3.5-2.1z',
  prices:
    'M10 2.5v15M14 6c-.6-1.2-2-1.9-4-1.9-2.3 0-4 1-4 2.8 0 4.2 8.2 1.7 8.2 6 0 1.9-1.8 3-4.2 3-2.2 0-3.8-.8-4.4-2.2',
  settings:
    'M3 5.5h7M14 5.5h3M3 14.5h3M10 14.5h7M14 5.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0M10 14.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0',
  operators: 'M13 6.5a3 3 0 1 1-6 0 3 3 0 0 1 6 0M3.5 17c.6-3.3 3-5 6.5-5s5.9 1.7 6.5 5',
  audit: 'M5 2.5h10v15H5zM8 6.5h4M8 10h4M8 13.5h2',
  system: 'M3 4h14v5H3zM3 11h14v5H3zM6 6.5h.01M6 13.5h.01M9.5 6.5H14M9.5 13.5H14',
  search: 'M14 8.5a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0M12.5 12.5 17 17',
  // Dots of which a bar has no room for more.
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
} as const

export type PageName = Exclude<keyof typeof PATHS, 'more' | 'search'>

export function PageSign({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width="18"
      height="18"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.4 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
