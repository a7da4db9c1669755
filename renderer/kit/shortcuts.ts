// The keys that work everywhere, by their names. All need a modifier, so that none gets in the way of typing or of a screen
// reader.

const onMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** The name of the key that `mod` stands for. */
export const modifierKey = onMac ? '⌘' : 'Ctrl'

/** Every shortcut with what it does, for the settings page. */
export const shortcuts: { keys: string[]; does: string }[] = [
  { keys: [modifierKey, 'K'], does: 'Command palette' },
  { keys: [modifierKey, ','], does: 'Settings' },
  { keys: ['Alt', '↑'], does: 'Previous connection' },
  { keys: ['Alt', '↓'], does: 'Next connection' },
  { keys: ['Alt', '←'], does: 'Back' },
  { keys: ['Alt', '→'], does: 'Forward' },
  { keys: [modifierKey, 'Shift', 'F'], does: 'The flow on the whole page, and back' },
  { keys: ['Esc'], does: 'Close what floats, then the flow' },
]
