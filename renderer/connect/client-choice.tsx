// Which of the stored clients of a service, or a new one. The whole row chooses it, and its client id is part of its name:
// two clients may have one name.
import { Radio } from '@mantine/core'
import type { ClientView } from '../../contract/client.ts'
import { pkceLabel } from '../../contract/pkce-words.ts'
import { hostWords } from '../kit/format.ts'
import { Mono } from '../kit/mono.tsx'
import classes from './client-choice.module.css'
import lookStyles from './field-looks.module.css'
import { optionClasses } from './field-looks.ts'

interface ClientChoiceProps {
  clients: ClientView[]
  /** `null` is the new one. */
  value: string | null
  onChoose: (id: string) => void
}

export function ClientChoice({ clients, value, onChoose }: ClientChoiceProps) {
  return (
    <Radio.Group label="Client" value={value ?? 'new'} onChange={onChoose}>
      <div className={lookStyles.choices}>
        {clients.map((client) => (
          <Radio
            key={client.id}
            size="xs"
            classNames={{ ...optionClasses, body: classes.wholeRow, labelWrapper: classes.wholeLabel }}
            value={client.id}
            label={
              <>
                {client.name}
                <span className={classes.clientWords}>
                  <Mono>{client.clientId}</Mono> at {hostWords(client.baseUrl)}
                  {client.pkce !== 'S256' && ` · ${pkceLabel(client.pkce)}`}
                </span>
              </>
            }
          />
        ))}
        <Radio size="xs" classNames={optionClasses} value="new" label="A new client" />
      </div>
    </Radio.Group>
  )
}
