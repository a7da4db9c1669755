// A sequence diagram as places and texts: what layout.ts makes of a flow's events, and svg.ts draws. In pixels, from the top left.
import type { Party } from '../legacy-step.ts'
import type { Face } from './text-width.ts'

export type Tone = 'good' | 'bad' | 'noted' | 'running'

/** A text that was cut to its room; `y` is its baseline. */
export interface Label {
  x: number
  y: number
  text: string
  size: number
  anchor: 'start' | 'middle' | 'end'
  face: Face
  /** Subordinate to what it stands beside. */
  dim: boolean
}

export interface Lifeline {
  party: Party
  x: number
  /** The box with its name. */
  box: { x: number; y: number; width: number; height: number }
  name: Label
  /** The host below the box, where the flow names one. */
  host: Label | null
  /** The same, uncut; empty if there is none. */
  fullHost: string
}

/**
 * - `sent`: seen to go from one party to the other
 * - `unseen`: between others, concluded from what came of it
 * - `lost`: did not arrive
 * - `stray`: from nobody knows whom
 * - `awaited`: still to come
 */
export type ArrowStyle = 'sent' | 'unseen' | 'lost' | 'stray' | 'awaited'

interface RowCommon {
  /** Unique in the diagram; several rows may show one event. */
  id: string
  eventId: string
  /** The step's number, on the first row of a step. */
  number: Label | null
  tone: Tone
  /** Evidence of something, to be seen as such. */
  marked: boolean
  /** Everything in words, however long. */
  title: string
  /** When it was (ms since the epoch); `null` if it is still to come. */
  at: number | null
  top: number
  height: number
  labels: Label[]
}

export interface ArrowRow extends RowCommon {
  kind: 'arrow'
  style: ArrowStyle
  fromX: number
  toX: number
  y: number
}

export interface MarkRow extends RowCommon {
  kind: 'mark'
  /** A check's result, a remark, or what a person decided. */
  shape: 'passed' | 'failed' | 'skipped' | 'note' | 'decision'
  x: number
  y: number
}

export interface WaitRow extends RowCommon {
  kind: 'wait'
  x: number
}

export type Row = ArrowRow | MarkRow | WaitRow

/** What lasts along a lifeline: a request that is worked on, or a wait. */
export interface Span {
  eventId: string
  kind: 'request' | 'wait'
  tone: Tone
  x: number
  top: number
  bottom: number
}

export interface Diagram {
  width: number
  height: number
  /** Where the names of the lifelines end and the rows begin. */
  headHeight: number
  lifelines: Lifeline[]
  /** By their place, from the top. */
  rows: Row[]
  spans: Span[]
}
