// Builds chosen values out of JSON that goes by: those at the paths that are wanted, each bounded in texts, values and depth.
// Everything else is passed over without being held.
import { type JsonFault, type JsonListener, JsonTokens } from './json-tokens.ts'

export type JsonPath = readonly (string | number)[]

/** How large a value may become; what is beyond is left out of it. */
export interface PickBounds {
  /** Of one text (characters). */
  text: number
  /** Of all texts and names together (characters). */
  texts: number
  /** How many values. */
  values: number
}

export interface JsonPicks {
  /** `'into'`: look at what is inside. `null`: pass over it. */
  wants(path: JsonPath): PickBounds | 'into' | null
  /** `isWhole`: nothing of it was left out. */
  picked(path: JsonPath, value: unknown, isWhole: boolean): void
}

/** The beginning of a text whose rest was left out. Its own class, because no file can make one. */
export class CutText {
  readonly start: string

  constructor(start: string) {
    this.start = start
  }
}

/** Deeper values are left out: nothing that is read here is so deep. */
const deepestPick = 60
/** Of a text that stands at a wanted path itself, rather than within a value (characters). */
const longestAlone = 64 * 1024

type Container = unknown[] | Record<string, unknown>

interface Building {
  bounds: PickBounds
  containers: Container[]
  texts: number
  values: number
  isWhole: boolean
}

export class JsonPicker implements JsonListener {
  readonly #picks: JsonPicks
  readonly #tokens = new JsonTokens(this)
  /** Where we are, as deep as is looked into: of an array the index, of an object the last name. */
  readonly #path: (string | number)[] = []
  #building: Building | null = null
  /** How many containers are open that are passed over. */
  #passed = 0
  #name = ''

  constructor(picks: JsonPicks) {
    this.#picks = picks
  }

  get fault(): JsonFault | null {
    return this.#tokens.fault
  }

  write(piece: string): void {
    this.#tokens.write(piece)
  }

  /** A value that the text ended within is picked as far as it came. */
  end(): JsonFault | null {
    const fault = this.#tokens.end()
    const [root] = this.#building?.containers ?? []
    this.#building = null
    if (root !== undefined) this.#picks.picked([...this.#path], root, false)
    return fault
  }

  wanted(): number {
    return this.#passed > 0 ? 0 : (this.#building?.bounds.text ?? longestAlone)
  }

  name(text: string): void {
    if (this.#passed > 0) return
    if (this.#building === null) this.#path[this.#path.length - 1] = text
    else {
      this.#building.texts += text.length
      this.#name = text
    }
  }

  text(value: string, isCut: boolean): void {
    this.#scalar(isCut ? new CutText(value) : value, value.length, !isCut)
  }

  other(value: number | boolean | null): void {
    this.#scalar(value, 0, true)
  }

  open(kind: 'object' | 'array'): void {
    const container: Container = kind === 'array' ? [] : Object.create(null)
    if (this.#passed > 0) this.#passed += 1
    else if (this.#building !== null) this.#openWithin(this.#building, container)
    else {
      const wish = this.#decide()
      if (wish === null) this.#passed = 1
      else if (wish === 'into') this.#path.push(kind === 'array' ? -1 : '')
      else this.#building = { bounds: wish, containers: [container], texts: 0, values: 0, isWhole: true }
    }
  }

  close(): void {
    if (this.#passed > 0) {
      this.#passed -= 1
      return
    }
    if (this.#building === null) {
      this.#path.pop()
      return
    }
    const { containers, isWhole } = this.#building
    const last = containers.pop()
    if (containers.length > 0) return
    this.#building = null
    this.#picks.picked([...this.#path], last, isWhole)
  }

  /** What becomes of the value that begins now. */
  #decide(): PickBounds | 'into' | null {
    const last = this.#path.at(-1)
    if (typeof last === 'number') this.#path[this.#path.length - 1] = last + 1
    return this.#picks.wants(this.#path)
  }

  #scalar(value: unknown, size: number, isWhole: boolean): void {
    if (this.#passed > 0) return
    if (this.#building === null) {
      const wish = this.#decide()
      if (wish !== null && wish !== 'into') this.#picks.picked([...this.#path], value, isWhole)
      return
    }
    if (!isWhole) this.#building.isWhole = false
    this.#put(this.#building, value, size)
  }

  /** Returns whether there was room for it. */
  #put(building: Building, value: unknown, size: number): boolean {
    const { bounds, containers } = building
    const container = containers.at(-1)
    building.values += 1
    building.texts += size
    if (container === undefined || building.values > bounds.values || building.texts > bounds.texts) {
      building.isWhole = false
      return false
    }
    if (Array.isArray(container)) container.push(value)
    else container[this.#name] = value
    return true
  }

  #openWithin(building: Building, container: Container): void {
    if (building.containers.length < deepestPick && this.#put(building, container, 0)) {
      building.containers.push(container)
      return
    }
    building.isWhole = false
    this.#passed = 1
  }
}
