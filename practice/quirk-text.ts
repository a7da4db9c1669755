// The text for a quirk on the page of quirks.
export interface QuirkText {
  group: string
  name: string
  /** One plain sentence. */
  description: string
  /** Quirks that name the same alternative exclude each other. */
  oneOf?: string
}
