// The parameters of a request, each with what it is for and where that is defined, and a way to copy its value.
import { Group } from '@mantine/core'
import { parameterWords } from '../../contract/flow/parameter-words.ts'
import { CopyText } from '../kit/copy-text.tsx'
import { splitPseudonyms } from '../kit/pseudonyms.ts'
import recordedStyles from '../kit/recorded-text.module.css'
import { RecordedText } from '../kit/recorded-text.tsx'
import textStyles from '../kit/text.module.css'

interface ParameterTableProps {
  pairs: [string, string][]
  label: string
}

export function ParameterTable({ pairs, label }: ParameterTableProps) {
  if (pairs.length === 0) return null
  return (
    <table className={recordedStyles.pairs} aria-label={label}>
      <tbody>
        {pairs.map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat and the order never changes
          <tr key={index}>
            <th scope="row">{name}</th>
            <td>
              <Group gap={4} wrap="nowrap" justify="space-between" align="flex-start">
                <span>
                  <RecordedText text={value} />
                </span>
                {isCopied(value) && <CopyText text={value} label={`Copy ${name}`} />}
              </Group>
              <Meaning name={name} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What stands for a secret is of use to nobody elsewhere. */
function isCopied(value: string): boolean {
  return value !== '' && !splitPseudonyms(value).some(({ pseudonym }) => pseudonym)
}

function Meaning({ name }: { name: string }) {
  const words = parameterWords(name)
  if (words === null) return null
  return (
    <p className={textStyles.hint} style={{ fontFamily: 'var(--mantine-font-family)' }}>
      {words.meaning} ({words.source})
    </p>
  )
}
