// How radios and checkboxes with a description look in the wizard.
import classes from './field-looks.module.css'

export const optionClasses = {
  label: classes.optionLabel,
  description: classes.optionWords,
  inner: classes.optionInner,
} as Record<'label' | 'description' | 'inner', string>

/** Fields whose text is copied rather than written. */
export const plainField = { spellCheck: false, autoComplete: 'off', className: classes.monoInput } as const
