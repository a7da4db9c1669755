// The redirect URI of a client, as it is registered: typed or proposed, with how its answer comes back.
import { Button, Checkbox } from '@mantine/core'
import { usualRedirect } from '../../contract/connect-defaults.ts'
import {
  listeningPlaceOf,
  outOfBandRedirectUri,
  proposalFor,
  redirectKindOf,
  redirectUriToRegister,
  takesAnyPort,
} from '../../contract/redirect-uri.ts'
import { redirectWords } from '../../contract/redirect-words.ts'
import type { ServiceView } from '../../contract/service.ts'
import { CopyText } from './copy-text.tsx'
import { Forwarding } from './forwarding.tsx'
import { PastedField } from './pasted-field.tsx'
import classes from './redirect-uri-field.module.css'
import textStyles from './text.module.css'
import type { TypedRedirect } from './typed-redirect.ts'

interface RedirectUriFieldProps extends TypedRedirect {
  service: ServiceView
  problem?: string | undefined
  /** The redirect has to bring more than a code, which nobody could paste. */
  installs?: boolean
  onChange: (typed: TypedRedirect) => void
}

export function RedirectUriField({ service, problem, installs, onChange, ...typed }: RedirectUriFieldProps) {
  const { redirectUri, anyPort } = typed
  const uri = redirectUri.trim()
  const kind = redirectKindOf(uri)
  const proposal = redirectUriToRegister(usualRedirect(service))

  function write(text: string) {
    const next = text.trim()
    const kept = listeningPlaceOf(next)?.hasPort === listeningPlaceOf(uri)?.hasPort
    onChange({ redirectUri: text, anyPort: kept ? anyPort : takesAnyPort(next, service.redirect.anyPort) })
  }

  return (
    <div className={classes.field}>
      <div className={classes.line}>
        <PastedField
          kind="address"
          className={classes.input}
          label="Redirect URI to register"
          description={
            anyPort
              ? `As it is registered at ${service.name}. It is sent with a free port, and otherwise to the character.`
              : `As it is registered at ${service.name}: exactly this is sent, to the character.`
          }
          error={problem}
          inputMode="url"
          spellCheck={false}
          autoComplete="off"
          value={redirectUri}
          onValue={write}
        />
        <CopyText text={uri} label="Copy redirect URI" wide />
      </div>
      {kind === 'listened' && (
        <Checkbox
          label="Any free port"
          checked={anyPort}
          onChange={(event) => {
            const chosen = event.currentTarget.checked
            onChange({ redirectUri: proposalFor(uri, chosen), anyPort: chosen })
          }}
        />
      )}
      <p className={textStyles.hint}>{redirectWords(service, { redirectUri: uri, anyPort })}</p>
      <Forwarding redirectUri={uri} />
      <div className={classes.others}>
        {uri !== proposal && kind !== 'listened' && (
          <Button size="compact-sm" variant="subtle" onClick={() => write(proposal)}>
            Listen on this computer
          </Button>
        )}
        {kind !== 'shown' && !installs && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => onChange({ redirectUri: outOfBandRedirectUri, anyPort: false })}
          >
            Paste the code
          </Button>
        )}
      </div>
    </div>
  )
}
