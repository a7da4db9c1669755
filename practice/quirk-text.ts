// What the page of quirks says of one.
export interface QuirkText {
  group: string
  name: string
  /** One plain sentence. */
  description: string
  /** Quirks that name the same alternative exclude each other. */
  oneOf?: string
}
