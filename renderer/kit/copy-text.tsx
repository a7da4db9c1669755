// Copies text that is not secret: a redirect URI, an id. Secrets go through `connections.copy` and never through here.
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'

/** Copies `text` and says so on the control for two seconds; `false` where the browser refused. */
export function useCopied(): { copied: boolean; copy(text: string): Promise<boolean> } {
  const [copied, setCopied] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text)
    } catch {
      return false
    }
    setCopied(true)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setCopied(false), 2000)
    return true
  }
  return { copied, copy }
}

interface CopyTextProps {
  text: string
  /** The control's accessible name, such as "Copy redirect URI". */
  label: string
  /** Shows the label as a button rather than an icon alone. */
  wide?: boolean
}

/** A button that copies non-secret text. */
export function CopyText({ text, label, wide = false }: CopyTextProps) {
  const { copied, copy } = useCopied()
  const icon = copied ? <IconCheck size={14} aria-hidden="true" /> : <IconCopy size={14} aria-hidden="true" />
  if (wide) {
    return (
      <Button variant="default" size="xs" leftSection={icon} onClick={() => copy(text)}>
        {copied ? 'Copied' : label}
      </Button>
    )
  }
  return (
    <Tooltip label={copied ? 'Copied' : label}>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={() => copy(text)}>
        {icon}
      </ActionIcon>
    </Tooltip>
  )
}
