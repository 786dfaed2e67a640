import { RE2JS } from 're2js'
import { AppError, messageOf } from '@/lib/errors'

export type Replacement = { find: string; replace: string; regex?: boolean; ignoreCase?: boolean }

/**
 * A function that replaces in a text, and answers null where nothing would change. The expression is RE2, which takes time in
 * proportion to the text whatever the pattern; `$1` and `$<name>` stand for groups in a regular expression, never in a
 * literal search. Throws 'invalid' for a bad pattern and for one that matches nothing at all.
 */
export function replacer({ find, replace, regex = false, ignoreCase = false }: Replacement): (text: string) => string | null {
  if (find === '') throw new AppError('invalid', 'Say what to look for.')
  const pattern = compile(regex ? find : RE2JS.quote(find), ignoreCase)
  if (pattern.matcher('').find()) throw new AppError('invalid', 'This expression also matches where there is no text. Make it match at least one character.')
  const put = regex ? replace : () => replace
  return (text) => {
    const changed = pattern.matcher(text).replaceAll(put)
    return changed === text ? null : changed
  }
}

function compile(source: string, ignoreCase: boolean): RE2JS {
  try {
    return RE2JS.compile(source, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0)
  } catch (cause) {
    throw new AppError('invalid', `The regular expression cannot be read: ${messageOf(cause)}. It follows RE2: no look-around, no back references.`, { cause })
  }
}
