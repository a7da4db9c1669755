// Where in a description's text a member stands, so that what is wrong with it can be shown by its line. Pure.
import { jsonLanguage } from '@codemirror/lang-json'

interface Node {
  name: string
  from: number
  to: number
  firstChild: Node | null
  nextSibling: Node | null
}

function* childrenOf(node: Node): Generator<Node> {
  for (let child = node.firstChild; child; child = child.nextSibling) yield child
}

const values = new Set(['Object', 'Array', 'String', 'Number', 'True', 'False', 'Null'])

function below(node: Node, name: string, text: string): Node | null {
  if (node.name === 'Array')
    return [...childrenOf(node)].filter((child) => values.has(child.name))[Number(name)] ?? null
  for (const property of childrenOf(node)) {
    if (property.name !== 'Property' || property.firstChild === null) continue
    const key = property.firstChild
    if (text.slice(key.from + 1, key.to - 1) !== name) continue
    return [...childrenOf(property)].find((child) => values.has(child.name)) ?? key
  }
  return null
}

/** The line (from 1) of the member at a path, or of the nearest one above it that is there. */
export function lineOf(text: string, path: string): number {
  const top = jsonLanguage.parser.parse(text).topNode as Node
  let node = [...childrenOf(top)].find((child) => values.has(child.name)) ?? top
  for (const name of path.split('.')) {
    const next = below(node, name, text)
    if (next === null) break
    node = next
  }
  return text.slice(0, node.from).split('\n').length
}
