// Mantine in our terms: a small type scale, dense controls, hairlines, one accent.
import {
  ActionIcon,
  Button,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Menu,
  Modal,
  Portal,
  Tooltip,
} from '@mantine/core'
import { floatsId } from '../kit/floats.tsx'

const accent: MantineColorsTuple = [
  '#e7f5f6',
  '#cfe9ec',
  '#a3d5da',
  '#7ccad3',
  '#55bcc8',
  '#2b9aa5',
  '#15808c',
  '#0a6672',
  '#075661',
  '#044852',
]

const red: MantineColorsTuple = [
  '#fdf0ef',
  '#fbdedc',
  '#f5b9b5',
  '#f29a94',
  '#ff8f85',
  '#d9463c',
  '#c6352b',
  '#b3261e',
  '#a3211a',
  '#8a1a14',
]

/** Mantine's own greys of the dark scheme, cooled to match ours. */
const dark: MantineColorsTuple = [
  '#e4e7ea',
  '#c0c6cc',
  '#9aa3ac',
  '#6d757e',
  '#3b4249',
  '#2d3339',
  '#1e2226',
  '#16191c',
  '#111315',
  '#0c0e0f',
]

/** Motion for everything that floats: short, and only opacity. */
const fade = { transition: 'fade', duration: 100 } as const

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, red, dark },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Cantarell, Ubuntu, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '18px', sm: '20px', md: '20px', lg: '22px', xl: '26px' },
  spacing: { xs: '4px', sm: '8px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '3px', sm: '5px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '18px', lineHeight: '26px' },
      h2: { fontSize: '15px', lineHeight: '22px' },
      h3: { fontSize: '13px', lineHeight: '20px' },
    },
  },
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    Menu: Menu.extend({ defaultProps: { transitionProps: fade, withInitialFocusPlaceholder: false } }),
    ModalRoot: { defaultProps: { transitionProps: fade } },
    ModalOverlay: { defaultProps: { backgroundOpacity: 0.4 } },
    Modal: Modal.extend({
      defaultProps: {
        transitionProps: fade,
        overlayProps: { backgroundOpacity: 0.4 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 300,
        withArrow: false,
        transitionProps: fade,
        events: { hover: true, focus: true, touch: false },
      },
    }),
    Portal: Portal.extend({ defaultProps: { target: `#${floatsId}` } }),
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
  },
})

/** Points Mantine's own variables at ours, so that both schemes are decided in one file. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--gd-page)',
    '--mantine-color-text': 'var(--gd-text)',
    '--mantine-color-dimmed': 'var(--gd-dim)',
    '--mantine-color-placeholder': 'var(--gd-dim)',
    '--mantine-color-default': 'var(--gd-raised)',
    '--mantine-color-default-hover': 'color-mix(in srgb, var(--gd-text) 5%, var(--gd-raised))',
    '--mantine-color-default-color': 'var(--gd-text)',
    '--mantine-color-default-border': 'var(--gd-line-strong)',
    '--mantine-color-error': 'var(--gd-bad)',
    '--mantine-color-anchor': 'var(--gd-accent)',
    '--mantine-shadow-md': 'var(--gd-shadow)',
    '--mantine-shadow-xl': 'var(--gd-shadow)',
  }
  return { variables: {}, light: shared, dark: shared }
}
