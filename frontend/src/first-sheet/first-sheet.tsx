/**
 * What index.html shows while the console's scripts are on their way: the frame, the page's name and what it is for, in
 * the place where the page will have them. Drawn at build time, from the same components and style sheets.
 */
import type { i18n as I18n } from 'i18next'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { FONT, MONO } from '../app/fonts.ts'
import { darkPalette, lightPalette, type Palette } from '../app/palette.ts'
import { createI18n, loadAllWords } from '../i18n/i18n.ts'
import { LANGUAGES, type Language } from '../i18n/language.ts'
import { DoorSheet } from './door-sheet.tsx'
import { HouseSheet } from './house-sheet.tsx'
import { sheetStyles } from './sheet-styles.ts'

/** One of Ant Design's variables for every colour that the style sheets of the frame read; see app/antd-theme.ts. */
const variables = (p: Palette) => ({
  'color-bg-layout': p.paper,
  'color-bg-container': p.surface,
  'color-text': p.ink,
  'color-text-secondary': p.inkSoft,
  'color-text-tertiary': p.inkFaint,
  'color-border': p.line,
  'color-border-secondary': p.lineSoft,
  'color-fill-secondary': p.washStrong,
  'color-fill-tertiary': p.wash,
  'color-fill-quaternary': p.wash,
  'font-family': FONT,
  'font-family-code': MONO,
})

function rule(selector: string, palette: Palette): string {
  const lines = Object.entries(variables(palette)).map(([name, value]) => `--ant-${name}:${value}`)
  return `${selector}{${lines.join(';')}}`
}

/** @returns the style sheet of both sheets, to stand in the head */
export function firstStyles(): string {
  const colours = [rule('#first-sheet', lightPalette), rule('[data-theme=dark] #first-sheet', darkPalette)]
  return [...colours, ...sheetStyles].join('\n')
}

async function templatesIn(language: Language): Promise<string> {
  const i18n: I18n = await createI18n(language)
  await loadAllWords(i18n)
  const draw = (sheet: React.ReactNode) =>
    renderToStaticMarkup(<I18nextProvider i18n={i18n}>{sheet}</I18nextProvider>)
  return [
    `<template id="door-${language}">${draw(<DoorSheet />)}</template>`,
    `<template id="house-${language}">${draw(<HouseSheet />)}</template>`,
  ].join('\n')
}

/** @returns a template for each language and kind of page, from which public/first-sheet.js takes one */
export async function firstTemplates(): Promise<string> {
  const languages = Object.keys(LANGUAGES) as Language[]
  return (await Promise.all(languages.map(templatesIn))).join('\n')
}
