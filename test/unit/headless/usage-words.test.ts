import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { expect, it } from 'vitest'
import { withoutValues } from '../../../headless/usage-words.ts'

/** What a program with options like ours says of `parameters`. */
function commandErrorOf(...parameters: string[]): string {
  let said = ''
  const program = new Command('grantdesk')
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      outputError: (text) => {
        said += withoutValues(text)
      },
    })
  const parse = () => {
    throw new InvalidArgumentError('It must be a number from 0 to 9.')
  }
  program
    .command('connect')
    .argument('<service>')
    .option('--client-secret-fd <n>', 'a descriptor', parse)
    .addOption(new Option('--client-auth <method>', 'how').choices(['body', 'none']))
  expect(() => program.parse(parameters, { from: 'user' })).toThrow(CommanderError)
  return said
}

it.each([
  ['--client-secret-fd', 'my S3CR3T'],
  ['--client-secret-fd', "S3CR3T' is invalid. S3CR3T"],
  ["--client-secret=ab'S3CR3T"],
  ["--client-secret=ab'\nS3CR3T'\n"],
  ['--client-secret', 'S3CR3T'],
  ['--client-auth', "it's S3CR3T"],
  ['surplus', 'my S3CR3T, too'],
  ['surplus', 'more\nS3CR3T'],
  ['-pS3CR3T'],
  ['--S3CR3T'],
])('does not repeat a secret given as %s %s', (...parameters) => {
  const said = commandErrorOf('connect', 'plane', ...parameters)
  expect(said).toMatch(/^error: /)
  expect(said).not.toMatch(/S3CR3T|my|it's/)
})

it('does not repeat it where a command belongs', () => {
  expect(commandErrorOf('S3CR3T')).not.toContain('S3CR3T')
})

it('still names the option and what it takes', () => {
  expect(commandErrorOf('connect', 'plane', '--client-secret-fd', 'x')).toBe(
    "error: option '--client-secret-fd <n>' argument is invalid. It must be a number from 0 to 9.\n",
  )
  expect(commandErrorOf('connect', 'plane', '--client-auth', 'x')).toContain('Allowed choices are body, none.')
  expect(commandErrorOf('connect', 'plane', '--client-secret=x')).toContain("unknown option '--client-secret=…'")
  expect(commandErrorOf('connect', 'plane', '--client-secret-fx', '3')).toContain('(Did you mean --client-secret-fd?)')
  expect(commandErrorOf('connect', 'plane', 'x', 'y')).toContain('Expected 1 argument but got 3.')
  expect(commandErrorOf('conect')).toContain("unknown command 'conect'\n(Did you mean connect?)")
})
