// Which of the stored clients of a service, or a new one.
import { Radio } from '@mantine/core'
import type { ClientView } from '../../contract/client.ts'
import { hostWords } from '../kit/format.ts'
import { Mono } from '../kit/mono.tsx'
import classes from './connect.module.css'
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
      <div className={classes.choices}>
        {clients.map((client) => (
          <Radio
            key={client.id}
            size="xs"
            classNames={optionClasses}
            value={client.id}
            label={client.name}
            description={
              <>
                <Mono>{client.clientId}</Mono> at {hostWords(client.baseUrl)}
              </>
            }
          />
        ))}
        <Radio size="xs" classNames={optionClasses} value="new" label="A new client" />
      </div>
    </Radio.Group>
  )
}
