// Where the token endpoint's answer holds what the RFC names otherwise, and what of it is kept for later.
import describeStyles from './describe.module.css'
import { isMembers, type Json } from './document.ts'
import { ParsedField, WordsField } from './fields.tsx'

export function TokenResponseFields() {
  return (
    <>
      <div className={describeStyles.pair}>
        <WordsField path="tokenResponse.accessToken" label="Where the access token is" example="access_token" />
        <WordsField path="tokenResponse.refreshToken" label="Where the refresh token is" example="refresh_token" />
        <WordsField path="tokenResponse.expiresIn" label="Where its lifetime is" example="expires_in" />
        <WordsField path="tokenResponse.scope" label="Where the granted scopes are" example="scope" />
        <WordsField path="tokenResponse.error" label="Where an error is" example="error" />
      </div>
      <ParsedField
        path="tokenResponse.keep"
        label="Kept for later"
        hint="What the answer or the redirect brings along and requests need, one to a line: a name, or a name: where it is. {instance_url} then stands for it in paths, headers and the API’s origins."
        example={'instance_url\nregion: account.region'}
        rows={2}
        shown={keepText}
        read={keepIn}
      />
    </>
  )
}

function keepText(keep: Json | undefined): string {
  if (Array.isArray(keep)) return keep.join('\n')
  const pairs = Object.entries(isMembers(keep) ? keep : {})
  return pairs.map(([name, paths]) => `${name}: ${Array.isArray(paths) ? paths.join(' ') : ''}`).join('\n')
}

function keepIn(text: string): Json | undefined {
  const lines = text.split('\n').flatMap((line): [string, string[]][] => {
    const [name = '', paths] = line.split(/:(.*)/)
    return name.trim() === '' ? [] : [[name.trim(), paths?.split(/[\s,]+/).filter(Boolean) ?? []]]
  })
  if (lines.length === 0) return undefined
  if (lines.every(([, paths]) => paths.length === 0)) return lines.map(([name]) => name)
  return Object.fromEntries(lines.map(([name, paths]) => [name, paths.length > 0 ? paths : [name]]))
}
