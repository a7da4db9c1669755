// The command palette, Ctrl/⌘ K: every connection, every screen and what can be done, found by typing.
import { Modal } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useGrantdesk } from '../state/store.ts'
import classes from './palette.module.css'
import { findEntries } from './palette-entries.ts'
import { usePaletteEntries } from './use-palette-entries.ts'

function PaletteBody() {
  const close = useGrantdesk((state) => state.showPalette)
  const entries = usePaletteEntries()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const found = useMemo(() => findEntries(entries, text), [entries, text])
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const current = found[Math.min(at, found.length - 1)]

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  })
  const choose = (entry = current) => {
    if (!entry) return
    close(false)
    // Once the palette has taken note of the focus it gives back, an entry may move it.
    setTimeout(entry.run)
  }
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setAt((at + 1) % Math.max(1, found.length))
    else if (event.key === 'ArrowUp') setAt((at - 1 + found.length) % Math.max(1, found.length))
    else if (event.key === 'Enter') choose()
    else return
    event.preventDefault()
  }

  return (
    <>
      <div className={classes.field}>
        <IconSearch size={16} aria-hidden="true" />
        <input
          className={classes.input}
          role="combobox"
          aria-label="Find a connection or a command"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={current && `${id}-${current.id}`}
          aria-autocomplete="list"
          placeholder="Find a connection or a command"
          spellCheck={false}
          autoComplete="off"
          data-autofocus
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={press}
        />
      </div>
      {/* The combobox has the focus and its keys; the list is only pointed at. */}
      <div ref={list} id={`${id}-list`} role="listbox" aria-label="Results" className={classes.list}>
        {found.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the combobox above has the keys
          <div
            key={entry.id}
            id={`${id}-${entry.id}`}
            role="option"
            aria-selected={entry === current}
            className={classes.option}
            onMouseMove={() => setAt(index)}
            onClick={() => choose(entry)}
          >
            <span className={classes.label}>{entry.label}</span>
            <span className={classes.aside}>{entry.aside ?? entry.group}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p className={classes.nothing} role="status">
          Nothing found. Try a connection’s name, a service, or “settings”.
        </p>
      )}
    </>
  )
}

/** The palette; shown while the store says so. */
export function Palette() {
  const opened = useGrantdesk((state) => state.paletteOpen)
  const show = useGrantdesk((state) => state.showPalette)
  return (
    <Modal.Root opened={opened} onClose={() => show(false)} padding={0} size={560} yOffset="12vh">
      <Modal.Overlay />
      <Modal.Content aria-label="Command palette">
        <Modal.Body>
          <PaletteBody />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
