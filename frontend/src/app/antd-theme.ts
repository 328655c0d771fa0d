/** Our palette as Ant Design's tokens; style sheets read the same values as `--ant-…` variables. */
import { type ThemeConfig, theme } from 'antd'
import { FONT, MONO } from './fonts.ts'
import { darkPalette, lightPalette, type Palette } from './palette.ts'

const inks = (p: Palette) => ({
  colorText: p.ink,
  colorTextSecondary: p.inkSoft,
  colorTextTertiary: p.inkFaint,
  colorTextDescription: p.inkFaint,
  colorTextPlaceholder: p.inkFaint,
  colorTextHeading: p.ink,
  colorBgLayout: p.paper,
  colorBgContainer: p.surface,
  colorBgElevated: p.raised,
  colorBorder: p.line,
  colorBorderSecondary: p.lineSoft,
  colorFillTertiary: p.wash,
  colorFillQuaternary: p.wash,
  colorFillSecondary: p.washStrong,
  colorLink: p.ink,
  colorLinkHover: p.inkSoft,
})

const signals = (p: Palette) => ({
  colorSuccess: p.good,
  colorSuccessText: p.good,
  colorSuccessBg: p.goodWash,
  colorWarning: p.warn,
  colorWarningText: p.warn,
  colorWarningBg: p.warnWash,
  colorError: p.bad,
  colorErrorText: p.bad,
  colorErrorBg: p.badWash,
  colorInfo: p.focus,
})

const primary = (p: Palette) => ({
  colorPrimary: p.ink,
  colorPrimaryHover: p.inkHover,
  colorPrimaryActive: p.inkHover,
  colorPrimaryText: p.ink,
  colorPrimaryBg: p.wash,
  colorPrimaryBgHover: p.washStrong,
  colorPrimaryBorder: p.focus,
  colorPrimaryBorderHover: p.focus,
  controlOutline: 'transparent',
  controlItemBgActive: p.washStrong,
  controlItemBgHover: p.wash,
  controlItemBgActiveHover: p.washStrong,
})

const components = (p: Palette): NonNullable<ThemeConfig['components']> => ({
  Button: {
    primaryColor: p.paper,
    primaryShadow: 'none',
    defaultShadow: 'none',
    dangerShadow: 'none',
    fontWeight: 500,
  },
  Input: { activeBorderColor: p.focus, hoverBorderColor: p.inkFaint, activeShadow: `0 0 0 1px ${p.focus}` },
  InputNumber: {
    activeBorderColor: p.focus,
    hoverBorderColor: p.inkFaint,
    activeShadow: `0 0 0 1px ${p.focus}`,
  },
  Select: { activeBorderColor: p.focus, hoverBorderColor: p.inkFaint, activeOutlineColor: p.focus },
  Form: { verticalLabelPadding: '0 0 4px', itemMarginBottom: 20, labelColor: p.inkSoft },
  Drawer: { footerPaddingBlock: 12, footerPaddingInline: 24 },
  // The tick, which Ant Design draws in white whatever the primary colour.
  Checkbox: { colorWhite: p.paper },
  Switch: { handleBg: p.surface },
  Segmented: { trackBg: p.wash, itemSelectedBg: p.chosen },
})

/** The class under which the theme's variables hold. */
export const themeClass = (dark: boolean) => (dark ? 'gateway-dark' : 'gateway-light')

interface ThemeLook {
  /** The dark side is shown. */
  readonly dark: boolean
  /** Nothing moves: who asked the system for that gets it here. */
  readonly still: boolean
}

export function antdTheme({ dark, still }: ThemeLook): ThemeConfig {
  const palette = dark ? darkPalette : lightPalette
  const ours = { ...inks(palette), ...signals(palette), ...primary(palette) }
  return {
    // Sets the palette as it is: Ant Design's dark algorithm alone would shift its hues.
    algorithm: (seed) => ({ ...(dark ? theme.darkAlgorithm : theme.defaultAlgorithm)(seed), ...ours }),
    cssVar: { prefix: 'ant', key: themeClass(dark) },
    token: {
      fontFamily: FONT,
      fontFamilyCode: MONO,
      fontSize: 14,
      borderRadius: 7,
      controlHeight: 34,
      motion: !still,
      motionDurationMid: '0.14s',
      motionDurationSlow: '0.2s',
      wireframe: false,
      ...ours,
    },
    components: components(palette),
  }
}
