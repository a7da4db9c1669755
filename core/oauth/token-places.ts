// Finds the tokens in an answer: at the places that the service's description names, else at the RFC's, and beside them. An
// answer may hold several tokens, such as a bot's and a user's; none is dropped.
// @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1
import type { Service } from '../../contract/service.ts'
import { isObject, valueAt } from '../json-path.ts'
import { lifetimeMembers } from './token-lifetime.ts'

export type TokenPlaces = NonNullable<Service['tokenResponse']>

/** A token as it stands in an answer, with what the answer says of it. */
export interface FoundToken {
  /** The dotted path of the access token. */
  place: string
  members: Record<'access_token' | 'token_type' | 'refresh_token' | 'scope' | 'id_token', unknown>
  /** What may be its lifetime, the likeliest first. */
  lifetimes: { accessToken: unknown[]; refreshToken: unknown[] }
}

/** No server gives more tokens at once; a longer answer is one that means harm. */
const mostTokens = 8
/** Undeclared tokens are looked for this deep, and in so many objects. */
const deepest = 3
const mostObjects = 100

export const usualPlaces: TokenPlaces = {
  accessToken: [],
  refreshToken: [],
  expiresIn: [],
  scope: [],
  error: [],
  keep: [],
}

/** The tokens of an answer, the one at `preferred` first, else the one that the places name first. */
export function tokensIn(answer: unknown, places: TokenPlaces, preferred: string | null): FoundToken[] {
  const declared = places.accessToken.length > 0 ? places.accessToken : ['access_token']
  const named = declared.filter((path) => isToken(valueAt(answer, path)))
  // Without any where it should be, the description is wrong, and the person is told what the answer held.
  if (named.length === 0) return []
  const distinct = new Map<unknown, string>()
  for (const path of [...named, ...placesOfTokens(answer)]) {
    const token = valueAt(answer, path)
    if (!distinct.has(token) && distinct.size < mostTokens) distinct.set(token, path)
  }
  const paths = [...distinct.values()]
  const first = paths.includes(preferred ?? '') ? [preferred ?? ''] : []
  const ordered = [...new Set([...first, ...paths])]
  return ordered.map((path) => found(answer, path, places, ordered))
}

function found(answer: unknown, place: string, places: TokenPlaces, all: string[]): FoundToken {
  const own = parentOf(place)
  const ofOthers = new Set(all.map(parentOf).filter((parent) => parent !== own))
  /** What stands beside another token belongs to that one. */
  const pathsOf = (declared: string[], names: string[]) => {
    const beside = names.map((name) => (own === '' ? name : `${own}.${name}`))
    return [...declared, ...beside, ...names].filter((path) => !ofOthers.has(parentOf(path)))
  }
  const valuesOf = (declared: string[], names: string[]) =>
    pathsOf(declared, names).map((path) => valueAt(answer, path))
  const first = (declared: string[], name: string) => valuesOf(declared, [name]).find(says)
  return {
    place,
    members: {
      access_token: valueAt(answer, place),
      token_type: first([], 'token_type'),
      refresh_token: first(places.refreshToken, 'refresh_token'),
      scope: first(places.scope, 'scope'),
      id_token: first([], 'id_token'),
    },
    lifetimes: {
      accessToken: valuesOf(places.expiresIn, lifetimeMembers.accessToken),
      refreshToken: valuesOf([], lifetimeMembers.refreshToken),
    },
  }
}

/** Where an answer holds an `access_token`, in lists too, as the paths of a description. */
export function placesOfTokens(answer: unknown): string[] {
  const places: string[] = []
  let left = mostObjects
  const look = (value: unknown, path: string, depth: number) => {
    if (typeof value !== 'object' || value === null || depth > deepest || left-- <= 0) return
    for (const [name, member] of Object.entries(value)) {
      if (name.includes('.')) continue
      const below = path === '' ? name : `${path}.${name}`
      if (name === 'access_token' && isToken(member)) places.push(below)
      else look(member, below, depth + 1)
    }
  }
  look(answer, '', 0)
  return places
}

function isToken(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}

function says(value: unknown): boolean {
  return typeof value === 'string' || Array.isArray(value)
}

/** The names of members that hold tokens because the description says so, each with a label for what it holds. */
export function secretMembers({
  accessToken,
  refreshToken,
}: TokenPlaces = usualPlaces): [name: string, label: string][] {
  const named = (paths: string[], label: string) =>
    paths.flatMap((path): [string, string][] => {
      const name = path.split('.').findLast((part) => !/^\d+$/.test(part))
      return name === undefined ? [] : [[name, label]]
    })
  return [...named(accessToken, 'access_token'), ...named(refreshToken, 'refresh_token')]
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')))
}

/** Nobody reads more names. */
const mostNames = 20

/** The names of an answer's members, those of objects within with their dots, as in the paths of a description; never a value. */
export function memberNames(answer: unknown): string[] {
  if (typeof answer !== 'object' || answer === null) return []
  const names = Object.entries(answer).flatMap(([name, member]: [string, unknown]) => {
    const within = isObject(member) ? Object.keys(member).map((below) => `${name}.${below}`) : []
    return within.length > 0 ? within.slice(0, mostNames) : [name]
  })
  const shown = names.slice(0, mostNames).map((name) => (isName(name) ? name : '…'))
  return names.length > mostNames ? [...shown, '…'] : shown
}

/** Whether it is no value in the place of a name: those are long, or of digits. */
function isName(name: string): boolean {
  return /^[\w.$ -]{1,60}$/.test(name) && !name.split('.').some((part) => part.length >= 16 && /\d/.test(part))
}
