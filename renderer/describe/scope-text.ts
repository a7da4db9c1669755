// The scopes of a service as lines of text, so that a whole list can be pasted: `value  what it allows`, and `[Group]`
// above those that belong together. Pure.
import { isMembers, type Json, type Members } from './document.ts'

interface Group {
  name: string
  scopes: { value: string; description: string }[]
}

const usual = 'All'

/** The groups as text; the name of an only group called “All” is left out. */
export function scopeText(groups: Json | undefined): string {
  const known = Array.isArray(groups) ? groups.map(groupOf) : []
  const bare = known.length === 1 && known[0]?.name === usual
  return known
    .map(({ name, scopes }) => [...(bare ? [] : [`[${name}]`]), ...scopes.map(lineOf)].join('\n'))
    .join('\n\n')
}

function groupOf(group: Json): Group {
  const members = isMembers(group) ? group : {}
  const scopes = Array.isArray(members.scopes) ? members.scopes : []
  return {
    name: String(members.name ?? ''),
    scopes: scopes.map((scope) => {
      const { value, description } = isMembers(scope) ? scope : {}
      return { value: String(value ?? ''), description: String(description ?? '') }
    }),
  }
}

function lineOf({ value, description }: Group['scopes'][number]): string {
  return description === '' ? value : `${value}  ${description.replace(/\s+/g, ' ')}`
}

/** The groups that a text describes; commas between bare values are taken as line ends. */
export function scopeGroups(text: string): Json[] {
  const groups: Group[] = []
  for (const line of text.split('\n').map((one) => one.trim())) {
    const name = line.match(/^\[(.+)\]$/)?.[1]
    if (name !== undefined) groups.push({ name, scopes: [] })
    else if (line !== '') {
      if (groups.length === 0) groups.push({ name: usual, scopes: [] })
      groups.at(-1)?.scopes.push(...scopesIn(line))
    }
  }
  return groups.map(({ name, scopes }) => ({ name, scopes: scopes.map(scopeMember) }))
}

function scopeMember({ value, description }: Group['scopes'][number]): Members {
  return description === '' ? { value } : { value, description }
}

function scopesIn(line: string): Group['scopes'] {
  if (/^\S+(,\s*\S+)+$/.test(line)) return line.split(/,\s*/).map((value) => ({ value, description: '' }))
  const [value = '', ...words] = line.split(/\s+/)
  return [{ value, description: words.join(' ') }]
}
