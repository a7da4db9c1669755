// Light, dark, or as the system has it. Kept in this browser's or window's localStorage.
import { type MantineColorScheme, SegmentedControl, useMantineColorScheme } from '@mantine/core'

export const colorSchemes = [
  { value: 'auto', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const satisfies { value: MantineColorScheme; label: string }[]

export function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return <SegmentedControl aria-label="Theme" value={colorScheme} onChange={setColorScheme} data={[...colorSchemes]} />
}
