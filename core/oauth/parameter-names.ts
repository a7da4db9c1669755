// Parameters that a service calls otherwise than the RFCs, such as TikTok's client_key: renamed as the last step before a
// request leaves, so that everything before it speaks the RFCs' names.
import type { ParameterNames } from '../../contract/token-response.ts'

/** The parameters with the service's names; a parameter that others had under that name is replaced. */
export function renamed(parameters: URLSearchParams, names: ParameterNames | undefined): URLSearchParams {
  if (names === undefined) return parameters
  const nameOf = (name: string) =>
    (Object.hasOwn(names, name) ? names[name as keyof ParameterNames] : undefined) ?? name
  const taken = new Set(Object.values(names))
  return new URLSearchParams(
    [...parameters]
      .filter(([name]) => !taken.has(name))
      .map(([name, value]): [string, string] => [nameOf(name), value]),
  )
}

/** Sends forms with the service's names. */
export function renaming(send: typeof globalThis.fetch, names: ParameterNames | undefined): typeof globalThis.fetch {
  if (names === undefined) return send
  return (input, init) =>
    init?.body instanceof URLSearchParams
      ? send(input, { ...init, body: renamed(init.body, names) })
      : send(input, init)
}
