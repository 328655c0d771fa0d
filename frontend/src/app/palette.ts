/** The console's colours, light and dark. The frame is ink on paper: colour is kept for states, so that it means something. */

export interface Palette {
  /** Behind everything. */
  readonly paper: string
  readonly surface: string
  /** Menus, drawers and dialogs, above the surface. */
  readonly raised: string
  readonly ink: string
  readonly inkSoft: string
  readonly inkFaint: string
  readonly line: string
  readonly lineSoft: string
  /** A wash of ink: hover, selected. */
  readonly wash: string
  readonly washStrong: string
  /** The one of several that is chosen, on a wash. */
  readonly chosen: string
  readonly inkHover: string
  readonly good: string
  readonly goodWash: string
  readonly warn: string
  readonly warnWash: string
  readonly bad: string
  readonly badWash: string
  readonly focus: string
  /** What charts tell apart, none of them a state's colour: neighbours differ for every kind of eye. */
  readonly series: readonly string[]
  /** What a chart does not tell apart: the rest. */
  readonly seriesRest: string
}

export const lightPalette: Palette = {
  paper: '#f6f7f7',
  surface: '#ffffff',
  raised: '#ffffff',
  ink: '#14181a',
  inkSoft: '#4f585c',
  inkFaint: '#687276',
  line: '#d9dedf',
  lineSoft: '#e9eced',
  wash: 'rgba(20, 24, 26, 0.045)',
  washStrong: 'rgba(20, 24, 26, 0.09)',
  chosen: '#ffffff',
  inkHover: '#353d40',
  good: '#0f7a53',
  goodWash: '#e3f3ec',
  warn: '#96600a',
  warnWash: '#fbf0db',
  bad: '#bf3327',
  badWash: '#fbe9e7',
  focus: '#2f6fed',
  series: ['#2f62d9', '#11868f', '#8455d4', '#b0558a', '#a06b12', '#4f6b86'],
  seriesRest: '#b9c1c4',
}

export const darkPalette: Palette = {
  paper: '#0d0f10',
  surface: '#141718',
  raised: '#1b1f20',
  ink: '#eceeef',
  inkSoft: '#a7b0b3',
  inkFaint: '#879195',
  line: '#2c3234',
  lineSoft: '#212627',
  wash: 'rgba(236, 238, 239, 0.055)',
  washStrong: 'rgba(236, 238, 239, 0.11)',
  chosen: '#343b3d',
  inkHover: '#ffffff',
  good: '#48c28f',
  goodWash: '#12291f',
  warn: '#e2a84b',
  warnWash: '#2c2212',
  bad: '#f37a6f',
  badWash: '#321a18',
  focus: '#7ba6ff',
  series: ['#6d98fb', '#3dbcc0', '#ab89f0', '#d88fb8', '#d3a355', '#8fa8c0'],
  seriesRest: '#474f52',
}

/** The colours of charts as variables, for Ant Design has none: `--series-1` and on, `--series-rest`. */
export function seriesVariables({ series, seriesRest }: Palette): Record<`--series-${string}`, string> {
  const numbered = series.map((colour, index) => [`--series-${index + 1}`, colour] as const)
  return { ...Object.fromEntries(numbered), '--series-rest': seriesRest }
}
