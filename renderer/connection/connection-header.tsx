// Who this connection is, where, and until when; its name and tags can be changed in place.
import { Anchor, Button } from '@mantine/core'
import { IconPencil, IconTag } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { type ConnectionView, renewalDeadline } from '../../contract/connection.ts'
import type { ServiceView } from '../../contract/service.ts'
import { CopyText } from '../kit/copy-text.tsx'
import { ExpiryCountdown } from '../kit/countdown.tsx'
import { dayWords, hostWords } from '../kit/format.ts'
import { Mono } from '../kit/mono.tsx'
import { StateBadge } from '../kit/state-badge.tsx'
import textStyles from '../kit/text.module.css'
import { WorkspaceChoice } from '../kit/workspace-choice.tsx'
import { useGrantdesk } from '../state/store.ts'
import { usePendingCommand } from '../state/use-pending-command.ts'
import { RenameForm, TagsForm } from './connection-edit.tsx'
import classes from './connection-header.module.css'
import factStyles from './facts.module.css'
import momentStyles from './moment.module.css'
import { NamedWorkspace, WorkspaceForm } from './named-workspace.tsx'

interface ConnectionHeaderProps {
  connection: ConnectionView
  service: ServiceView | undefined
  /** Further buttons at the end of the title row. */
  children?: ReactNode
}

type Editing = 'name' | 'tags' | 'workspace' | null

export function ConnectionHeader({ connection, service, children }: ConnectionHeaderProps) {
  const [editing, setEditing] = useState<Editing>(null)
  usePendingCommand(connection.id, 'rename', () => setEditing('name'))
  const done = () => setEditing(null)
  const byHand = connection.workspaces.length === 0 ? service?.workspaceByHand : undefined
  return (
    <header className={classes.header}>
      {editing === 'name' ? (
        <RenameForm connection={connection} onDone={done} />
      ) : (
        <div className={classes.titleRow}>
          <h1 className={classes.name}>{connection.name}</h1>
          <StateBadge connection={connection} />
          <div className={classes.tags}>
            {connection.tags.map((tag) => (
              <span key={tag} className={classes.tag}>
                {tag}
              </span>
            ))}
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              leftSection={<IconTag size={13} aria-hidden />}
              aria-expanded={editing === 'tags'}
              onClick={() => setEditing('tags')}
            >
              {connection.tags.length === 0 ? 'Add tags' : 'Edit tags'}
            </Button>
          </div>
          <div className={classes.titleActions}>
            <Button
              variant="subtle"
              color="gray"
              size="xs"
              leftSection={<IconPencil size={14} aria-hidden />}
              onClick={() => setEditing('name')}
            >
              Rename
            </Button>
            {children}
          </div>
        </div>
      )}
      <Facts
        connection={connection}
        byHand={byHand}
        naming={editing === 'workspace'}
        onName={() => setEditing('workspace')}
      />
      {editing === 'workspace' && byHand && <WorkspaceForm connection={connection} byHand={byHand} onDone={done} />}
      {editing === 'tags' && <TagsForm connection={connection} onDone={done} />}
    </header>
  )
}

interface FactsProps {
  connection: ConnectionView
  /** Where the person names the workspace, because nobody else can. */
  byHand: ServiceView['workspaceByHand']
  naming: boolean
  onName: () => void
}

function Facts({ connection, byHand, naming, onName }: FactsProps) {
  const { account, workspace } = connection
  const go = useGrantdesk((state) => state.go)
  return (
    <dl className={`${factStyles.facts} ${classes.headFacts}`}>
      <Fact name="Account">
        {account === null ? <span className={textStyles.quiet}>not known</span> : account.name}
        <Below>{accountDetails(account)}</Below>
      </Fact>
      {connection.actsAs !== null && <Fact name="Acts as">{connection.actsAs}</Fact>}
      <Fact name="Workspace">
        {connection.workspaces.length > 1 ? (
          <WorkspaceChoice connection={connection} />
        ) : byHand ? (
          <NamedWorkspace workspace={workspace} editing={naming} onEdit={onName} />
        ) : workspace === null ? (
          <span className={textStyles.quiet}>the service names none</span>
        ) : (
          workspace.name
        )}
        <Below>{workspaceDetails(connection)}</Below>
      </Fact>
      <Fact name="Service">
        {connection.serviceName}
        <Below>{connection.grantName}</Below>
      </Fact>
      <Fact name="Base URL">
        <span className={classes.withCopy}>
          <Mono clip>{hostWords(connection.baseUrl)}</Mono>
          <CopyText text={connection.baseUrl} label="Copy base URL" />
        </span>
      </Fact>
      <Fact name="Expires">
        {connection.status.kind === 'revoked' ? (
          <span className={textStyles.quiet}>revoked</span>
        ) : (
          <>
            <span className={classes.countdown}>
              <ExpiryCountdown connection={connection} />
            </span>
            <Below>{endWords(connection)}</Below>
          </>
        )}
      </Fact>
      {connection.clientName !== null && (
        <Fact name="Client">
          <Anchor
            component="button"
            type="button"
            size="sm"
            onClick={() => go({ name: 'services', serviceId: connection.serviceId })}
          >
            {connection.clientName}
          </Anchor>
        </Fact>
      )}
    </dl>
  )
}

/** Who renews it: Grantdesk, until the refresh token ends, or the person. */
function endWords(connection: ConnectionView): string {
  const end = renewalDeadline(connection)
  if (connection.status.kind === 'revocation_accepted') return 'not renewed: the revocation was accepted'
  if (!connection.refreshable)
    return connection.grantType === 'static_token' ? 'made at the service' : 'no refresh token'
  return end === null ? 'refreshable' : `refreshable until ${dayWords(end.at)}`
}

/** A quieter second line of a fact, where there is one. */
function Below({ children }: { children: string | null }) {
  return children ? <span className={momentStyles.below}>{children}</span> : null
}

function accountDetails(account: ConnectionView['account']): string | null {
  const email = account?.email === account?.name ? null : account?.email
  return [email, account?.detail].filter(Boolean).join(' · ') || null
}

/** The choice among several shows the detail of each already. */
function workspaceDetails({ workspace, workspaces }: ConnectionView): string | null {
  const slug = workspace?.slug === workspace?.name ? null : workspace?.slug
  const detail = workspaces.length > 1 ? null : workspace?.detail
  return [slug, detail].filter(Boolean).join(' · ') || null
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
