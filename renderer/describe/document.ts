// A description while it is written: plain JSON, read and changed by dotted paths such as `grants.0.name`. Members that the
// form does not show stay as they are. Pure; the host alone judges what a description may say.

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }
export type Members = { [name: string]: Json }

export function isMembers(value: Json | undefined): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What stands at a path; `undefined` where nothing does. */
export function valueAt(document: Json, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((value, name) => memberOf(value, name), document)
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  if (Array.isArray(value)) return value[Number(name)]
  return isMembers(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

/** A copy with another value at a path; `undefined` takes the member out, and the object that is empty without it. */
export function withValue(document: Members, path: string, value: Json | undefined): Members {
  return changed(document, path.split('.'), value) as Members
}

function changed(whole: Json | undefined, [name = '', ...rest]: string[], value: Json | undefined): Json {
  const below = memberOf(whole, name)
  const next = rest.length === 0 ? value : changed(below ?? (isIndex(rest[0]) ? [] : {}), rest, value)
  const gone = next === undefined || (value === undefined && rest.length > 0 && isMembers(next) && isEmpty(next))
  if (Array.isArray(whole)) return replaced(whole, Number(name), gone ? undefined : next)
  const members = Object.entries(isMembers(whole) ? whole : {})
  if (gone) return Object.fromEntries(members.filter(([other]) => other !== name))
  // Where it stood, or at the end.
  const known = members.some(([other]) => other === name)
  const all = known ? members : [...members, [name, next] as [string, Json]]
  return Object.fromEntries(all.map(([other, old]) => [other, other === name ? (next as Json) : old]))
}

function replaced(list: Json[], index: number, value: Json | undefined): Json[] {
  if (value === undefined) return list.filter((_, at) => at !== index)
  return index < list.length ? list.map((old, at) => (at === index ? value : old)) : [...list, value]
}

function isEmpty(members: Members): boolean {
  return Object.keys(members).length === 0
}

function isIndex(name: string | undefined): boolean {
  return /^\d+$/.test(name ?? '')
}

/** The text at a path, empty where something else stands there. */
export function textAt(document: Json, path: string): string {
  const value = valueAt(document, path)
  return typeof value === 'string' ? value : ''
}

/** The texts of a list at a path. */
export function textsAt(document: Json, path: string): string[] {
  const value = valueAt(document, path)
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
