// The commands about the vault: how it opens and locks, what it keeps, backups.
import type { Command } from 'commander'
import { collect, kept, parseIdle, withPassword, withVault } from './options.ts'

export function addVault(program: Command): void {
  const commands = () => import('./commands/vault.ts')
  const vault = program.command('vault').description('show how the vault is protected')
  withVault(vault)
    .option('--json', 'as JSON')
    .action(async (options) => (await commands()).showVault(options))
  withPassword(withVault(vault.command('passphrase').description('set a passphrase, or change it'))).action(
    async (_, command) => (await commands()).setPassphrase(command.optsWithGlobals()),
  )
  withVault(vault.command('keychain').description('let the system’s keychain open it, too')).action(
    async (_, command) => (await commands()).addKeychain(command.optsWithGlobals()),
  )
  withVault(vault.command('recover').description('put the last good copy in the place of a damaged vault')).action(
    async (_, command) => (await commands()).recoverVault(command.optsWithGlobals()),
  )
  vault
    .command('lock')
    .description('lock it, in the desktop app or the “grantdesk serve” that has it open')
    .action(async () => (await import('./commands/vault-lock.ts')).lockVault())
  withVault(vault.command('auto-lock').description('show or choose when it locks by itself'))
    .argument('[time]', 'after so long without use: 5m, 15m, 30m, 1h, any other up to 24h, or never', parseIdle)
    .option('--json', 'as JSON')
    .action(async (time, _, command) => {
      return (await import('./commands/vault-lock.ts')).autoLock(time, command.optsWithGlobals())
    })
  withVault(vault.command('keep').description('show or choose how many flows and entries of the history are kept'))
    .addOption(kept('--flows-per-connection <n>', 'flows of each connection', 'flowsPerConnection'))
    .addOption(kept('--flows <n>', 'flows in all', 'flows'))
    .addOption(kept('--flow-megabytes <n>', 'MB for flows on the disk', 'flowMegabytes'))
    .addOption(kept('--history-per-connection <n>', 'entries of each connection’s history', 'historyPerConnection'))
    .addOption(kept('--history <n>', 'entries of the history in all', 'history'))
    .option('--json', 'as JSON')
    .action(async (_, command) => {
      return (await import('./commands/vault-keep.ts')).keepEvidence(command.optsWithGlobals())
    })
  vault
    .command('release')
    .description('take away the lock of a Grantdesk that has ended on another machine')
    .argument('<machine>', 'the one that the lock names')
    .action(async (machine) => (await commands()).releaseVault(machine))
  withVault(vault.command('remove').description('take one way of opening it away; the last one stays'))
    .argument('<id>', 'see “grantdesk vault”')
    .action(async (id, _, command) => (await commands()).removeKeySlot(id, command.optsWithGlobals()))

  withPassword(withVault(program.command('backup').description('write everything into one file under a passphrase')))
    .argument('<file>')
    .action(async (file, options) => (await commands()).backUp(file, options))
  withPassword(withVault(program.command('restore').description('bring back what is missing from a backup')))
    .argument('<file>')
    .option('--inspect', 'only show what it holds, compared with what is here')
    .option('--yes', 'restore without being asked')
    .option('--also <connection>', 'also one that is here with other tokens, as a second one', collect, [])
    .action(async (file, options) => (await commands()).restoreBackup(file, options))
}
