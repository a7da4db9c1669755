// The clients registered at one service: see, change, replace the secret, remove.
import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import type { ClientView } from '../../contract/client.ts'
import { isPkceWeakened } from '../../contract/pkce-words.ts'
import type { ServiceView } from '../../contract/service.ts'
import { weakSecretWords } from '../../contract/weak-secret-words.ts'
import { Confirm } from '../kit/confirm.tsx'
import { countWords, hostWords } from '../kit/format.ts'
import { Mono } from '../kit/mono.tsx'
import { Section } from '../kit/page.tsx'
import { PkceOff } from '../kit/pkce-off.tsx'
import rowStyles from '../kit/row.module.css'
import textStyles from '../kit/text.module.css'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { ClientCheck } from './client-check.tsx'
import { ClientForm } from './client-form.tsx'
import { ClientSecretReplacement } from './client-secret-replacement.tsx'
import classes from './service-clients.module.css'

type Open = { what: 'edit' | 'secret' | 'check' | 'remove'; client: ClientView } | null

function ClientRemoval({ client, onClose }: { client: ClientView; onClose(): void }) {
  const remove = useCall('clients.remove')
  const confirm = async () => {
    const answer = await remove.call({ id: client.id })
    if (answer.ok) onClose()
  }
  return (
    <Confirm
      opened
      title={`Remove client ${client.name}?`}
      action="Remove"
      pending={remove.pending}
      failure={remove.failure}
      onConfirm={confirm}
      onClose={onClose}
    >
      {client.connectionCount > 0
        ? `${countWords(client.connectionCount, 'connection')} refresh with it and could no longer.`
        : 'No connection uses it.'}{' '}
      The registration at the service stays.
    </Confirm>
  )
}

interface ClientRowProps {
  service: ServiceView
  client: ClientView
  onOpen(open: Open): void
}

function ClientRow({ service, client, onOpen }: ClientRowProps) {
  return (
    <li className={rowStyles.row}>
      <span className={classes.clientName} title={client.name}>
        {client.name}
      </span>
      <Mono clip>{client.clientId}</Mono>
      <span className={rowStyles.count}>
        {hostWords(client.baseUrl)} ·{' '}
        {client.secretDamage !== null ? (
          <span className={classes.damaged} title={client.secretDamage}>
            secret damaged
          </span>
        ) : client.weakSecret ? (
          <span className={classes.weak} title={weakSecretWords('client secret')}>
            weak secret stored
          </span>
        ) : client.hasSecret ? (
          'secret stored'
        ) : (
          'no secret'
        )}{' '}
        · {countWords(client.connectionCount, 'connection')}
      </span>
      {isPkceWeakened(client.pkce, service) && <PkceOff client={client} service={service} />}
      <Menu position="bottom-end" width={180}>
        <Menu.Target>
          <ActionIcon aria-label={`Actions for ${client.name}`}>
            <IconDots size={16} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onOpen({ what: 'edit', client })}>Edit client</Menu.Item>
          <Menu.Item onClick={() => onOpen({ what: 'secret', client })}>Replace secret</Menu.Item>
          <Menu.Item disabled={client.connectionCount === 0} onClick={() => onOpen({ what: 'check', client })}>
            Check connections
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" onClick={() => onOpen({ what: 'remove', client })}>
            Remove client
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  )
}

/** A client whose form or secret is to be opened. */
export interface ClientToOpen {
  id: string
  what: 'edit' | 'secret'
}

interface ServiceClientsProps {
  service: ServiceView
  begin?: ClientToOpen | undefined
}

/** The clients of `service`; `begin` is what is open at first. */
export function ServiceClients({ service, begin }: ServiceClientsProps) {
  const all = useGrantdesk((state) => state.clients)
  const [open, setOpen] = useState<Open>(() => {
    const client = all.find(({ id }) => id === begin?.id)
    return begin && client ? { what: begin.what, client } : null
  })
  const clients = all.filter((client) => client.serviceId === service.id)
  const close = () => setOpen(null)
  return (
    <Section title="Clients">
      {clients.length === 0 ? (
        <p className={textStyles.text}>None yet. The first is made while connecting.</p>
      ) : (
        <ul className={rowStyles.rows}>
          {clients.map((client) => (
            <ClientRow key={client.id} service={service} client={client} onOpen={setOpen} />
          ))}
        </ul>
      )}
      {open?.what === 'edit' && <ClientForm service={service} client={open.client} onClose={close} />}
      {open?.what === 'secret' && <ClientSecretReplacement client={open.client} onClose={close} />}
      {open?.what === 'check' && (
        <ClientCheck
          client={open.client}
          atOnce={false}
          onEnterSecret={() => setOpen({ what: 'secret', client: open.client })}
          onClose={close}
        />
      )}
      {open?.what === 'remove' && <ClientRemoval client={open.client} onClose={close} />}
    </Section>
  )
}
