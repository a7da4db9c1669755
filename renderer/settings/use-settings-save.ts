// Stores a change of the settings. All of them cross the door together, so changes wait for each other: none is made from
// settings that an earlier one is about to change.
import { useCallback } from 'react'
import type { Answer } from '../../contract/failure.ts'
import type { Settings } from '../../contract/settings.ts'
import { grantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'

let last: Promise<unknown> = Promise.resolve()

export function useSettingsSave() {
  const { call, pending, failure, clear } = useCall('settings.save')
  const save = useCallback(
    (change: (settings: Settings) => Settings): Promise<Answer<Settings>> => {
      const saved = last.then(async () => {
        const answer = await call(change(grantdesk.getState().settings))
        if (answer.ok) grantdesk.getState().apply({ kind: 'settings', settings: answer.value })
        return answer
      })
      last = saved
      return saved
    },
    [call],
  )
  return { save, pending, failure, clear }
}
