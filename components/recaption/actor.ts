/** Where the browser keeps who is at the desk. */
const PLACE = 'recaption.reviewer'

/** Who takes a decision here: the name typed at the review desk, else "me". */
export const actor = (): string => localStorage.getItem(PLACE)?.trim() || 'me'
