import { expect, it } from 'vitest'
import { CommandError } from '../../../headless/command-error.ts'
import { findClient } from '../../../headless/find-client.ts'

const client = (id: string, name: string, clientId: string) => ({ id, name, clientId, baseUrl: 'https://a.example' })
const first = client('1', 'Plane at a.example', 'app-one')
const second = client('2', 'Plane at a.example', 'app-two')
const third = client('3', 'Plane at b.example', 'app-two')

function error(name: string): CommandError {
  try {
    findClient([first, second, third], name)
  } catch (error) {
    if (error instanceof CommandError) return error
  }
  throw new Error('It was found.')
}

it('takes a name, a client id or an id that is one client’s alone', () => {
  const all = [first, second, third]
  expect([findClient(all, 'Plane at b.example'), findClient(all, 'app-one'), findClient(all, '2')]).toEqual([
    third,
    first,
    second,
  ])
  expect(error('nobody').message).toContain('no client')
})

it('says how to tell two of one name apart: by the client id, or by the id where that is the same, too', () => {
  expect(error('Plane at a.example').remedy).toBe('Say which by its client id: app-one, app-two.')
  expect(error('app-two').remedy).toBe(
    'Say which by its id: 2 (app-two at https://a.example), 3 (app-two at https://a.example).',
  )
})
