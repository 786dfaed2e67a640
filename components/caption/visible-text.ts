export type Piece = { text: string; mark?: string }

/** Invisible characters that can hide or turn text: controls, zero-width, bidi marks, line separators, BOM, tags. */
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|[\ud800-\udfff]/gu
/** A joiner inside an emoji or an Indic or Arabic word is spelling, not a hidden sign. */
const JOINS = /[\p{Extended_Pictographic}\ufe0f\p{Emoji_Modifier}\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Sinhala}]$/u

const escape = (char: string) => `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`

/** The text in pieces; each hidden character stands alone with the escape that shows it. Line breaks and tabs stay. */
export function visiblePieces(text: string): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(HIDDEN)) {
    const joiner = match[0] === '\u200d' || match[0] === '\u200c'
    if (joiner && JOINS.test(text.slice(0, match.index))) continue
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) })
    pieces.push({ text: match[0], mark: escape(match[0]) })
    from = match.index + match[0].length
  }
  if (from < text.length) pieces.push({ text: text.slice(from) })
  return pieces
}
