// HTML made of plain values: everything that is not markup of ours is escaped, in one place.
import { xmlText } from '../../contract/flow/diagram/svg-text.ts'

/** Markup that is safe as it stands. Made by the functions here alone. */
export class Html {
  readonly #markup: string

  private constructor(markup: string) {
    this.#markup = markup
  }

  toString(): string {
    return this.#markup
  }

  /** An element. Attributes without a value are left out; so are empty children. */
  static element(tag: string, attributes: Record<string, string | null>, ...children: HtmlChild[]): Html {
    const given = Object.entries(attributes).flatMap(([name, value]) =>
      value === null ? [] : ` ${name}="${xmlText(value)}"`,
    )
    const start = `<${tag}${given.join('')}>`
    return new Html(voids.has(tag) ? start : `${start}${markupOf(children)}</${tag}>`)
  }

  /** Markup from elsewhere in this program, such as an SVG file of ours. */
  static trusted(markup: string): Html {
    return new Html(markup)
  }
}

export type HtmlChild = Html | string | null | HtmlChild[]

const voids = new Set(['meta', 'br'])

function markupOf(children: readonly HtmlChild[]): string {
  return children
    .map((child) => {
      if (child === null) return ''
      if (Array.isArray(child)) return markupOf(child)
      return child instanceof Html ? child.toString() : xmlText(child)
    })
    .join('')
}
