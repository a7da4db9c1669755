// The description as JSON: every member, also those that the form does not show, with what is wrong by its line.
import { CodeEditor } from '../code/code.tsx'
import describeStyles from './describe.module.css'
import { drafts, type Issue, textProblem } from './draft.ts'
import { lineOf } from './issue-places.ts'
import classes from './text-view.module.css'

export function TextView({ text, issues }: { text: string; issues: Issue[] }) {
  const problem = textProblem(text)
  return (
    <div className={classes.text}>
      {problem !== null && (
        <p className={describeStyles.problem} role="alert">
          {problem}
        </p>
      )}
      {problem === null && issues.length > 0 && (
        <ul className={classes.issues} role="alert">
          {issues.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              Line {lineOf(text, path)}: <code>{path || 'the whole'}</code> {message}
            </li>
          ))}
        </ul>
      )}
      <CodeEditor
        text={text}
        language="json"
        label="The description as JSON"
        maxHeight={560}
        onChange={(next) => drafts.getState().write(next)}
      />
    </div>
  )
}
