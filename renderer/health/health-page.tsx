// The health check: asks every connection whether its token works now, and lists what needs the person first.
import { Button } from '@mantine/core'
import { IconHeartbeat } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { type Health, needsPerson } from '../../contract/health.ts'
import { EmptyState } from '../kit/empty-state.tsx'
import { countWords } from '../kit/format.ts'
import { Page, Section } from '../kit/page.tsx'
import textStyles from '../kit/text.module.css'
import { useDoor } from '../state/door.tsx'
import { useGrantdesk } from '../state/store.ts'
import classes from './health-page.module.css'
import { HealthRow } from './health-row.tsx'
import { startHealthCheck, stopHealthCheck, useHealthRun } from './health-run.ts'

export function HealthPage() {
  const door = useDoor()
  const connections = useGrantdesk((state) => state.connections)
  const { state, total, checked } = useHealthRun()
  const isRunning = state === 'running' || state === 'stopping'
  const begin = () =>
    void startHealthCheck(
      door,
      connections.map(({ id }) => id),
    )
  const button = isRunning ? (
    <Button size="xs" variant="default" loading={state === 'stopping'} onClick={stopHealthCheck}>
      Cancel
    </Button>
  ) : (
    <Button size="xs" disabled={connections.length === 0} onClick={begin}>
      {state === 'none' ? 'Check all' : 'Check again'}
    </Button>
  )
  return (
    <Page title="Health check" aside={countWords(connections.length, 'connection')} actions={button}>
      {state === 'none' ? (
        <EmptyState
          icon={<IconHeartbeat size={28} stroke={1.4} />}
          title={connections.length === 0 ? 'No connections yet' : 'Not checked yet'}
          text="Each connection’s API is asked whether its token still works, what it may do and when it ends."
        />
      ) : (
        <>
          <Standing done={checked.size} total={total} state={state} />
          <Results checked={[...checked.values()]} isRunning={isRunning} />
        </>
      )}
    </Page>
  )
}

function Standing({ done, total, state }: { done: number; total: number; state: string }) {
  if (state === 'done') return null
  return (
    <div className={classes.standing} role="status">
      <span className={textStyles.quiet}>
        {state === 'stopped' ? 'Cancelled after' : 'Checked'} {done} of {total}
      </span>
      {state !== 'stopped' && (
        <progress className={classes.progress} value={done} max={Math.max(1, total)} aria-label="Checked" />
      )}
    </div>
  )
}

function Results({ checked, isRunning }: { checked: Health[]; isRunning: boolean }) {
  const needing = checked.filter(needsPerson)
  const well = checked.filter((one) => !needsPerson(one))
  return (
    <>
      {needing.length > 0 && (
        <Group title="Needs you" count={needing.length}>
          {needing.map((one) => (
            <HealthRow key={one.connectionId} health={one} />
          ))}
        </Group>
      )}
      {needing.length === 0 && !isRunning && well.length > 0 && (
        <p className={classes.allWell} role="status">
          Nothing needs you.
        </p>
      )}
      {well.length > 0 && (
        <Group title="Well" count={well.length}>
          {well.map((one) => (
            <HealthRow key={one.connectionId} health={one} />
          ))}
        </Group>
      )}
    </>
  )
}

function Group({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  return (
    <Section title={title} aside={<span className={textStyles.dim}>{count}</span>}>
      <ul className={classes.rows}>{children}</ul>
    </Section>
  )
}
