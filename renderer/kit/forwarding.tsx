// For a redirect URI on the web: the rule or page to put there so that it forwards answers to this computer.
import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { forwardingRules } from '../../contract/forwarding.ts'
import { CopyText } from './copy-text.tsx'
import classes from './forwarding.module.css'

export function Forwarding({ redirectUri }: { redirectUri: string }) {
  const [opened, setOpened] = useState(false)
  const [chosen, setChosen] = useState('nginx')
  const rules = forwardingRules(redirectUri)
  const rule = rules.find(({ name }) => name === chosen) ?? rules[0]
  if (rule === undefined) return null
  return (
    <div className={classes.forwarding}>
      <Button size="compact-sm" variant="subtle" aria-expanded={opened} onClick={() => setOpened(!opened)}>
        Forward answers from there
      </Button>
      {opened && (
        <>
          <SegmentedControl
            aria-label="Web server"
            size="xs"
            value={rule.name}
            onChange={setChosen}
            data={rules.map(({ name }) => name)}
          />
          <output className={classes.rule} aria-label="Forwarding rule">
            {rule.text}
          </output>
          <CopyText text={rule.text} label="Copy rule" wide />
        </>
      )}
    </div>
  )
}
