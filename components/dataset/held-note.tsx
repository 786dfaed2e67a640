/** Beside a button that waits for the filter: why it does. */
export const HeldNote = ({ held }: { held: string }) => (held ? <p role="status" className="measure text-soft">{held}</p> : null)
